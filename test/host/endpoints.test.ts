import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import tls from 'node:tls';
import { workspace } from 'vscode';
import type { Endpoint } from '../../src/engine/endpoint/endpoint';
import { Engine } from '../../src/engine/engine';
import { ask as registryAsk } from '../../src/engine/registry/http';
import { ask } from './commandsSupport';
import { engineHost, target } from './support';

/** Of this machine, but none of the two names that the editor leaves alone. */
const ELSEWHERE = '127.0.0.2';

/** In the editor's process, whose own ways to the network are not those of Node. */
suite('endpoints', () => {
  const before = process.env['PATH'];
  let folder: string;
  setup(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-endpoints-'))));
  teardown(() => {
    process.env['PATH'] = before;
    rmSync(folder, { recursive: true });
  });

  test('an engine behind ssh is reached by the ssh of the user, whatever the proxy settings are', async () => {
    assert.equal(workspace.getConfiguration('http').get('proxySupport'), 'override');
    // Asked for its configuration first, it says nothing.
    const ssh = `#!/bin/sh
case "$*" in *dial-stdio) exec docker --host '${engineHost}' system dial-stdio ;; esac
exit 1
`;
    writeFileSync(path.join(folder, 'ssh'), ssh, { mode: 0o755 });
    process.env['PATH'] = `${folder}${path.delimiter}${before ?? ''}`;
    await isTheEngine({ source: 'added', contextName: 'default', host: 'ssh://me@far.invalid' });
  });

  test('an engine is shown the certificate of its user, and the one of a registry is trusted', async () => {
    const files = ['key', 'cert'].map((name) => path.join(folder, name));
    const make =
      'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=t -addext';
    const outputs = ['-keyout', files[0] ?? '', '-out', files[1] ?? ''];
    execFileSync('openssl', [...make.split(' '), `subjectAltName=IP:${ELSEWHERE}`, ...outputs], {
      stdio: 'ignore',
    });
    const [key, cert] = files.map((file) => readFileSync(file));
    assert.ok(key && cert);
    // It lets nobody in who does not show it.
    const server = tls.createServer({ key, cert, ca: cert, requestCert: true }, (client) => {
      const engine = net.connect(target());
      client.on('error', () => engine.destroy());
      client.pipe(engine).pipe(client);
    });
    server.listen(0, ELSEWHERE);
    await once(server, 'listening');
    const host = `${ELSEWHERE}:${String((server.address() as net.AddressInfo).port)}`;
    const shown = { ca: cert, cert, key, verify: true };
    await isTheEngine({ source: 'added', contextName: 'default', host: `tcp://${host}`, tls: shown });

    const url = new URL(`https://${host}/_ping`);
    await assert.rejects(registryAsk(url), { kind: 'tls' });
    const trust = { ca: [cert.toString()], cert, key };
    assert.equal((await registryAsk(url, { trust })).status, 200);
    const anybody = { cert, key, rejectUnauthorized: false };
    assert.equal((await registryAsk(url, { trust: anybody })).status, 200);
    server.close();
  });

  async function isTheEngine(endpoint: Endpoint): Promise<void> {
    const surroundings = { env: {}, homedir: folder, platform: process.platform };
    const engine = new Engine('far', () => Promise.resolve(endpoint), surroundings);
    try {
      const { ID } = (await ask('GET', '/info')) as { ID: string };
      assert.equal((await engine.system.info())['ID'], ID);
    } finally {
      engine.dispose();
    }
  }
});
