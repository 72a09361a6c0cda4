import http from 'node:http';
import https from 'node:https';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createDialer, type Dialer, type Endpoint } from '../../../../src/engine/endpoint/endpoint';
import { ask } from './ask';
import { caught } from './caught';
import { canMakeCertificates, certificate } from './certificate';
import { temporaryFolder } from './temporaryFolder';

const closing: (() => void)[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) close();
});

function dial(host: string, tls?: Endpoint['tls']): Dialer {
  const dialer = createDialer({ source: 'added', contextName: 'default', host, ...(tls && { tls }) });
  closing.push(() => dialer.dispose());
  return dialer;
}

/** Starts it at the socket, or at a free port, which is the answer. */
async function listen(server: Server, socket?: string): Promise<number> {
  closing.push(() => server.close());
  await new Promise<void>((resolve) => {
    if (socket === undefined) server.listen(0, '127.0.0.1', resolve);
    else server.listen(socket, resolve);
  });
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

/** Says which path and host it was asked for, and over how many connections so far. */
function talkative(): { server: http.Server; connections: () => number } {
  let connections = 0;
  const server = http.createServer((request, response) =>
    response.end(`${request.headers.host} ${request.url}`),
  );
  server.on('connection', () => connections++);
  return { server, connections: () => connections };
}

describe('a socket', () => {
  test('is used whatever else the request says, and kept for the next one', async () => {
    const path = join(await temporaryFolder(), 'docker.sock');
    const { server, connections } = talkative();
    await listen(server, path);
    const dialer = dial(`unix://${path}`);
    const elsewhere = { ...dialer, host: 'elsewhere.invalid', port: 9 };
    expect(await ask(elsewhere, '/a')).toBe('200 elsewhere.invalid:9 /a');
    expect(await ask(elsewhere, '/b')).toBe('200 elsewhere.invalid:9 /b');
    expect(connections()).toBe(1);
    dialer.dispose();
    await expect
      .poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count))))
      .toBe(0);
  });

  test('that is not there is told by its code', async () => {
    await expect(ask(dial('unix:///nowhere/docker.sock'))).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('tcp', () => {
  test('with what stands in front of the paths', async () => {
    const port = await listen(talkative().server);
    expect(await ask(dial(`tcp://127.0.0.1:${port}/proxied/`), '/x')).toBe(
      `200 127.0.0.1:${port} /proxied/x`,
    );
    expect(await ask(dial(`http://127.0.0.1:${port}`), '/x')).toBe(`200 127.0.0.1:${port} /x`);
  });

  test('over IPv6', async (context) => {
    const server = talkative().server;
    const listening = await new Promise((resolve) => {
      server.once('error', () => resolve(false)).listen(0, '::1', () => resolve(true));
    });
    if (!listening) return context.skip('there is no IPv6 here');
    closing.push(() => server.close());
    const { port } = server.address() as AddressInfo;
    expect(await ask(dial(`tcp://[::1]:${port}`), '/x')).toMatch(/^200 .* \/x$/);
  });

  test('nobody there is told by its code', async () => {
    const server = createServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    await expect(ask(dial(`tcp://127.0.0.1:${port}`))).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });
});

test('an agent full of sockets prints in a moment', async () => {
  const path = join(await temporaryFolder(), 'docker.sock');
  await listen(talkative().server, path);
  const hosts = [`unix://${path}`, 'tcp://h:1', 'ssh://me@h', 'wsl://Ubuntu'];
  await ask(dial(hosts[0] ?? ''));
  const printed = [...hosts.map((host) => dial(host)), dial('tcp://h:1', { verify: true })].map(({ agent }) =>
    inspect({ agent }, { showHidden: true, depth: null }),
  );
  expect(printed).toEqual([
    `{ agent: PipeAgent(${path}) }`,
    '{ agent: TcpAgent(h:1) }',
    '{ agent: CommandAgent(ssh://me@h) }',
    '{ agent: CommandAgent(wsl://Ubuntu) }',
    '{ agent: TlsAgent(h:1) }',
  ]);
});

test('a Windows pipe is written as Windows writes it', () => {
  expect(inspect(dial('npipe:////./pipe/docker_engine').agent)).toBe('PipeAgent(\\\\.\\pipe\\docker_engine)');
});

test('an address that is none is refused before anything is opened', async () => {
  expect((await caught(() => dial('ssh://a:b@h'))).kind).toBe('invalid');
});

test('the default port goes with TLS', () => {
  expect(dial('tcp://h')).toMatchObject({ protocol: 'http', host: 'h', port: 2375 });
  expect(dial('tcp://h', { verify: true })).toMatchObject({ protocol: 'https', host: 'h', port: 2376 });
  expect(dial('https://h/x')).toMatchObject({ protocol: 'https', host: 'h', port: 443, basePath: '/x' });
  expect(dial('tcp://[fe80::1%25eth0]:1')).toMatchObject({ host: 'fe80::1', port: 1 });
});

describe('TLS', async () => {
  const openssl = await canMakeCertificates();

  const serve = (options: https.ServerOptions) =>
    listen(https.createServer(options, (_request, response) => response.end('private')));

  test.skipIf(!openssl)('checks the certificate against the CA and the address', async () => {
    const theirs = await certificate();
    const port = await serve(theirs);
    const host = `tcp://127.0.0.1:${port}`;
    expect(await ask(dial(host, { ca: theirs.cert, verify: true }))).toBe('200 private');
    expect(await ask(dial(host, { ca: theirs.cert, verify: true, serverName: 'engine.test' }))).toBe(
      '200 private',
    );
    await expect(
      ask(dial(host, { ca: theirs.cert, verify: true, serverName: 'other.test' })),
    ).rejects.toMatchObject({
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    await expect(ask(dial(host, { verify: true }))).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    const others = await certificate();
    await expect(ask(dial(host, { ca: others.cert, verify: true }))).rejects.toMatchObject({
      code: 'DEPTH_ZERO_SELF_SIGNED_CERT',
    });
    expect(await ask(dial(host, { verify: false }))).toBe('200 private');
  });

  test.skipIf(!openssl)('shows the client certificate', async () => {
    const [theirs, ours] = [await certificate(), await certificate()];
    const port = await serve({ ...theirs, ca: ours.cert, requestCert: true, rejectUnauthorized: true });
    const host = `tcp://127.0.0.1:${port}`;
    expect(await ask(dial(host, { ca: theirs.cert, ...ours, verify: true }))).toBe('200 private');
    await expect(ask(dial(host, { ca: theirs.cert, verify: true }))).rejects.toThrow();
  });

  test.skipIf(!openssl)('refuses what is older than TLS 1.2', async () => {
    const theirs = await certificate();
    const old = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const port = await serve({ ...theirs, ...old });
    await expect(ask(dial(`tcp://127.0.0.1:${port}`, { ca: theirs.cert, verify: true }))).rejects.toThrow(
      /protocol version/,
    );
  });

  test('a server that says nothing is given up after ten seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const silent = createServer();
    const port = await listen(silent);
    const accepted = new Promise((resolve) => silent.once('connection', resolve));
    const asked = ask(dial(`tcp://127.0.0.1:${port}`, { verify: true }));
    await accepted;
    vi.advanceTimersByTime(10_000);
    await expect(asked).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  });
});
