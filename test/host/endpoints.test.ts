import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { workspace } from 'vscode';
import { Engine } from '../../src/engine/engine';
import { ask } from './commandsSupport';
import { engineHost } from './support';

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
    const engine = new Engine(
      'far',
      () => Promise.resolve({ source: 'added', contextName: 'default', host: 'ssh://me@far.invalid' }),
      { env: {}, homedir: folder, platform: process.platform },
    );
    try {
      const { ID } = (await ask('GET', '/info')) as { ID: string };
      assert.equal((await engine.system.info())['ID'], ID);
    } finally {
      engine.dispose();
    }
  });
});
