import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { engine as rig } from '../rig/engine';
import { connect } from './support/connect';

/** A server that answers as no engine should; the real one cannot be made to. */
async function wrongEngine(listener: RequestListener): Promise<string> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-wrong-'));
  const socket = path.join(folder, 'docker.sock');
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  open.push({ server, folder });
  return `unix://${socket}`;
}

const open: { server: Server; folder: string }[] = [];
afterEach(() => {
  for (const { server, folder } of open.splice(0)) {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});

const ping: RequestListener = (_, response) => response.setHeader('Api-Version', '1.41').end('OK');

test('negotiates the lower of both API versions and never asks without one', async () => {
  const paths: string[] = [];
  const host = await wrongEngine((request, response) => {
    paths.push(request.url ?? '');
    response.setHeader('Api-Version', '1.99').setHeader('Content-Type', 'application/json').end('{}');
  });
  await connect(host).system.info();
  expect(paths).toEqual(['/_ping', '/v1.51/info']);
});

test('refuses an engine that is too old, and says what to do', async () => {
  const host = await wrongEngine((_, response) => response.setHeader('Api-Version', '1.24').end('OK'));
  await expect(connect(host).system.info()).rejects.toMatchObject({
    kind: 'tooOld',
    message: expect.stringContaining('Update Docker') as string,
  });
});

test.each([
  ['a socket that is not there', 'unix:///nowhere/docker.sock', 'unreachable'],
  ['a port where nothing listens', 'tcp://127.0.0.1:1', 'unreachable'],
  ['a name that does not resolve', 'tcp://no-such-host.invalid:2375', 'unreachable'],
])('%s is unreachable', async (_, host, kind) => {
  await expect(connect(host).system.info()).rejects.toMatchObject({ kind });
});

test.each([200, 404, 401])('something else than an engine is told from one, answering %i', async (status) => {
  const host = await wrongEngine((_, response) => response.writeHead(status).end('<html>'));
  await expect(connect(host).system.info()).rejects.toMatchObject({ kind: 'protocol' });
});

test('malformed JSON is a protocol error, and a 500 keeps what the engine said', async () => {
  const broken = await wrongEngine((request, response) => {
    if (request.url === '/_ping') {
      ping(request, response);
      return;
    }
    if (request.url === '/v1.41/info') return response.end('{"NCPU": 4,');
    return response.writeHead(500).end('{"message":"the disk is on fire"}');
  });
  const engine = connect(broken);
  await expect(engine.system.info()).rejects.toMatchObject({ kind: 'protocol' });
  await expect(engine.system.version()).rejects.toMatchObject({
    kind: 'unknown',
    status: 500,
    message: expect.stringContaining('the disk is on fire') as string,
  });
});

test('a request that was sent ends with its signal', async () => {
  const host = await wrongEngine((request, response) => {
    if (request.url === '/_ping') {
      ping(request, response);
      return;
    }
    controller.abort();
  });
  const controller = new AbortController();
  await expect(connect(host).system.info(controller.signal)).rejects.toMatchObject({ kind: 'cancelled' });
});

test('a connection the engine closed meanwhile is not an error of the next list', async () => {
  let asked = 0;
  const host = await wrongEngine((request, response) => {
    if (request.url === '/_ping') {
      ping(request, response);
      return;
    }
    asked++;
    response.setHeader('Content-Type', 'application/json').end('{"NCPU": 4}');
    if (asked === 1) response.once('close', () => request.socket.destroy());
  });
  const engine = connect(host);
  await engine.system.info();
  expect(await engine.system.info()).toEqual({ NCPU: 4 });
});

test('a secret in a body is not in the URL', async () => {
  const urls: string[] = [];
  const host = await wrongEngine((request, response) => {
    if (request.url === '/_ping') {
      ping(request, response);
      return;
    }
    urls.push(request.url ?? '');
    request.resume().on('end', () => response.writeHead(201).end('{"Id":"x"}'));
  });
  await connect(host).containers.create({
    query: { name: 'a' },
    body: { Image: 'b', Env: ['SECRET=s3cret'] },
  });
  expect(urls).toEqual(['/v1.41/containers/create?name=a']);
});

test('the headers of the docker CLI’s configuration go with every request, but for what is none', async () => {
  const seen: unknown[] = [];
  const host = await wrongEngine((request, response) => {
    seen.push([request.headers['x-team'], request.headers['bad']]);
    ping(request, response);
  });
  const env = { DOCKER_CUSTOM_HEADERS: 'X-Team=harbour,bad=new\nline' };
  await connect(host, env)
    .system.version()
    .catch(() => undefined);
  expect(seen).toEqual([
    ['harbour', undefined],
    ['harbour', undefined],
  ]);
});

test('DOCKER_HOST of the process does not win over the endpoint', async () => {
  process.env['DOCKER_HOST'] = 'tcp://127.0.0.1:1';
  try {
    expect(await connect(rig.host).system.info()).toHaveProperty('NCPU');
    expect(process.env['DOCKER_HOST']).toBe('tcp://127.0.0.1:1');
  } finally {
    delete process.env['DOCKER_HOST'];
  }
});

test('a container that is not there is one sentence', async () => {
  await expect(connect().containers.inspect('no-such-container')).rejects.toMatchObject({
    kind: 'notFound',
    message: 'The container "no-such-container" is no longer there. It may have been removed.',
  });
});
