import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { chmod, mkdir, readdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { freePort, launch, run, until, which } from '../../scripts/rig/processes.mjs';
import { EngineError } from '../../src/engine/errors';
import { Transport } from '../../src/engine/transport';
import { ask, baseImage, behindProxy, labels, removeLabelled } from '../rig/engine';

/** sshd has to be started by its full path, which few put on theirs. */
const sshd = (await which('sshd')) ?? (await which('/usr/sbin/sshd'));
const missing = [
  ...(sshd ? [] : ['sshd']),
  ...((await which('ssh')) && (await which('ssh-keygen')) ? [] : ['ssh']),
  ...((await which('docker')) ? [] : ['docker']),
];
const why = missing.length > 0 ? `not installed here: ${missing.join(', ')}` : undefined;
if (why !== undefined) console.warn(`The ssh tests are skipped, ${why}.`);

const label = 'engine-ssh';
const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-ssh-'));
const at = (name: string) => path.join(folder, name);
const user = os.userInfo().username;
const before = { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'] };

let port = 0;
let proxy: Awaited<ReturnType<typeof behindProxy>> | undefined;
let server: ReturnType<typeof launch> | undefined;
const transports: Transport[] = [];

const serverLog = () => readFileSync(at('sshd.log'), 'utf8');
const logins = () => serverLog().split('Accepted publickey').length - 1;

/** The user's own ssh, with a configuration of the test's; ssh asks the system for the home, not the environment. */
async function useConfig(lines: string[]): Promise<void> {
  const common = [
    'Host *',
    `  User ${user}`,
    `  IdentityFile ${at('key')}`,
    '  IdentitiesOnly yes',
    `  UserKnownHostsFile ${at('known_hosts')}`,
    '  GlobalKnownHostsFile /dev/null',
  ];
  await writeFile(at('config'), [...lines, ...common, ''].join('\n'));
}

function dial(host: string): Transport {
  const transport = new Transport({ source: 'added', contextName: 'default', host });
  transports.push(transport);
  return transport;
}

const failure = (host: string): Promise<unknown> =>
  dial(host)
    .json('GET', '/info')
    .catch((error: unknown) => error);

/** A second sshd is cheap: one with another environment, for instance. */
async function startServer(
  environment: string,
  name: string,
): Promise<{ port: number; server: typeof server }> {
  const listens = await freePort();
  const config = [
    `Port ${listens}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${at('host_key')}`,
    `AuthorizedKeysFile ${at('authorized_keys')}`,
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'StrictModes no',
    'PermitRootLogin yes',
    'PidFile none',
    `SetEnv ${environment}`,
  ];
  await writeFile(at(`${name}.conf`), `${config.join('\n')}\n`);
  const started = launch(sshd ?? '', ['-D', '-e', '-f', at(`${name}.conf`)], { log: at(`${name}.log`) });
  const listening = () => readFileSync(at(`${name}.log`), 'utf8').includes('Server listening');
  await until('sshd to listen', () => Promise.resolve(listening()), { alive: started });
  return { port: listens, server: started };
}

describe.skipIf(why !== undefined)('over ssh', () => {
  beforeAll(async () => {
    // Where sshd puts its unprivileged half; a service manager would make it.
    if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true });
    for (const name of ['key', 'stranger', 'host_key']) {
      await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', at(name)]);
    }
    await writeFile(at('authorized_keys'), readFileSync(at('key.pub')));
    proxy = await behindProxy();
    ({ port, server } = await startServer(`DOCKER_HOST=${proxy.host}`, 'sshd'));
    const hostKey = readFileSync(at('host_key.pub'), 'utf8').split(' ').slice(0, 2).join(' ');
    await writeFile(at('known_hosts'), `[127.0.0.1]:${port} ${hostKey}\n`);
    await mkdir(at('bin'));
    await writeFile(
      at('bin/ssh'),
      `#!/bin/sh\nexec ${(await which('ssh')) ?? ''} -F '${at('config')}' "$@"\n`,
    );
    await chmod(at('bin/ssh'), 0o755);
    await mkdir(at('tmp 100%'));
    process.env['PATH'] = `${at('bin')}:${before.PATH ?? ''}`;
    process.env['TMPDIR'] = at('tmp 100%');
  });

  afterEach(async () => {
    for (const transport of transports.splice(0)) transport.dispose();
    await removeLabelled(label);
    await open().toBe(0);
    await expect.poll(() => readdir(at('tmp 100%'))).toEqual([]);
  });

  afterAll(async () => {
    process.env['PATH'] = before.PATH;
    if (before.TMPDIR === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before.TMPDIR;
    await server?.stop();
    await proxy?.[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Connections that reach the engine. */
  const open = () => expect.poll(() => proxy?.connections());

  test('many requests at once share one login', async () => {
    await useConfig([]);
    const transport = dial(`ssh://${user}@127.0.0.1:${port}`);
    const { ID } = (await ask('GET', '/info')) as { ID: string };
    expect(await transport.json('GET', '/info')).toMatchObject({ ID });
    const answers = await Promise.all(Array.from({ length: 12 }, () => transport.json('GET', '/info')));
    for (const answer of answers) expect(answer).toMatchObject({ ID });
    // OpenSSH lets ten sessions into one login; what is more gets its own.
    expect(logins()).toBeLessThanOrEqual(3);
  });

  test('a terminal’s bytes go both ways, and its input can end before its output', async () => {
    await useConfig([]);
    const transport = dial(`ssh://127.0.0.1:${port}`);
    const image = await baseImage();
    const body = {
      Image: image,
      Cmd: ['cat'],
      Tty: false,
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
      Labels: { ...labels, 'dev.quayside.test': label },
    };
    const { Id } = (await transport.json('POST', '/containers/create', { body })) as { Id: string };
    const query = { stream: true, stdin: true, stdout: true };
    const socket = await transport.hijack(`/containers/${Id}/attach`, { query });
    await transport.head('POST', `/containers/${Id}/start`);
    const heard = text(socket);
    const sent = 'over and over '.repeat(100_000);
    socket.end(sent);
    const framed = await heard;
    expect(framed).toContain('over and over over and over');
    expect(framed.length).toBeGreaterThan(sent.length);
    const exit = (await transport.json('POST', `/containers/${Id}/wait`)) as { StatusCode: number };
    expect(exit.StatusCode).toBe(0);
  });

  test('a stream given up closes its connection on the other side', async () => {
    await useConfig([]);
    const transport = dial(`ssh://127.0.0.1:${port}`);
    const controller = new AbortController();
    for (let turn = 0; turn < 3; turn++) {
      const events = await transport.stream('GET', '/events', { signal: controller.signal });
      events.on('error', () => undefined);
    }
    await open().toBeGreaterThanOrEqual(3);
    controller.abort();
    // The one that carried the first question may wait for the next.
    await open().toBeLessThanOrEqual(1);
  });

  test('through a jump host, and an alias of the user’s configuration', async () => {
    const hop = [
      'Host hop engine',
      '  HostName 127.0.0.1',
      `  Port ${port}`,
      'Host engine',
      '  ProxyJump hop',
    ];
    await useConfig(hop);
    const seen = logins();
    expect(await dial('ssh://engine').json('GET', '/info')).toMatchObject({
      ServerVersion: expect.any(String) as string,
    });
    expect(logins()).toBe(seen + 2);
  });

  test('sharing of the user’s own is left alone', async () => {
    await useConfig(['Host *', '  ControlMaster auto', `  ControlPath ${at('own')}`, '  ControlPersist 1']);
    await dial(`ssh://127.0.0.1:${port}`).json('GET', '/info');
    expect(await readdir(at('tmp 100%'))).toEqual([]);
  });

  test('a remote socket may be named', async () => {
    await useConfig([]);
    const socket = (proxy?.host ?? '').slice('unix://'.length);
    const answer = await dial(`ssh://127.0.0.1:${port}${socket}`).json('GET', '/info');
    expect(answer).toMatchObject({ ServerVersion: expect.any(String) as string });
  });

  describe('what goes wrong is told', () => {
    const told = async (host: string, kind: EngineError['kind'], about: RegExp) => {
      const error = await failure(host);
      expect(error).toBeInstanceOf(EngineError);
      expect(error).toMatchObject({ kind, message: expect.stringMatching(about) as string });
    };

    test('a host nobody knows', async () => {
      await useConfig(['Host *', '  UserKnownHostsFile /dev/null']);
      await told(`ssh://127.0.0.1:${port}`, 'denied', /identity/);
    });

    test('a key that opens nothing', async () => {
      await useConfig([]);
      const stranger = [
        'Host 127.0.0.1',
        `  IdentityFile ${at('stranger')}`,
        '  IdentitiesOnly yes',
        'Match all',
        '  IdentityAgent none',
      ];
      await writeFile(
        at('config'),
        `${stranger.join('\n')}\nHost *\n  UserKnownHostsFile ${at('known_hosts')}\n`,
      );
      await told(`ssh://${user}@127.0.0.1:${port}`, 'denied', /refused the login/);
    });

    test('nobody at the port', async () => {
      await useConfig([]);
      await told(`ssh://127.0.0.1:${await freePort()}`, 'unreachable', /Connection refused/);
    });

    test('a name that means nothing', async () => {
      await useConfig([]);
      await told('ssh://no-such-machine.invalid', 'unreachable', /no machine/);
    });

    test('no docker over there, and no engine over there', async () => {
      await useConfig(['Host 127.0.0.1', '  StrictHostKeyChecking no']);
      const bare = await startServer('PATH=/nowhere', 'bare');
      await told(`ssh://127.0.0.1:${bare.port}`, 'unreachable', /no docker command/);
      await bare.server?.stop();
      await told(`ssh://127.0.0.1:${port}/nowhere/docker.sock`, 'unreachable', /does not run/);
    });

    test('an end in the middle of an answer', async () => {
      await useConfig([]);
      const transport = dial(`ssh://127.0.0.1:${port}`);
      const events = await transport.stream('GET', '/events');
      const ended = new Promise((resolve) => events.once('error', resolve));
      events.resume();
      proxy?.cut();
      expect(await ended).toBeInstanceOf(Error);
      // The next request goes over a new connection.
      expect(await transport.json('GET', '/info')).toMatchObject({
        ServerVersion: expect.any(String) as string,
      });
    });
  });
});
