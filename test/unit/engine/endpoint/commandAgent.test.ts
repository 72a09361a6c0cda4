import { readFile } from 'node:fs/promises';
import http from 'node:http';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CommandAgent } from '../../../../src/engine/endpoint/commandAgent';
import { CommandConnection, type CommandEnd } from '../../../../src/engine/endpoint/commandConnection';
import { EngineError } from '../../../../src/engine/errors';
import { ask } from './ask';
import { put, temporaryFolder } from './temporaryFolder';

/** As `docker system dial-stdio`: stdin and stdout are a connection to the socket. Its id goes to a file. */
const bridge = `
  const { connect } = require('node:net');
  require('node:fs').appendFileSync(process.argv[1] + '.started', process.pid + '\\n');
  const socket = connect({ path: process.argv[1], allowHalfOpen: true });
  process.stdin.pipe(socket);
  socket.pipe(process.stdout);
  socket.on('error', (error) => { console.error(error.message); process.exit(3); });
`;

const patient = { timeout: 4000, interval: 10 };

let path: string;
let server: http.Server;
const ends: CommandEnd[] = [];
const agents: CommandAgent[] = [];

beforeEach(async () => {
  path = join(await temporaryFolder(), 's');
  await put(`${path}.started`, '');
  server = http.createServer((request, response) => {
    if (request.url === '/slow') response.writeHead(200).flushHeaders();
    else response.end(request.url);
  });
  server.on('upgrade', (_request, socket: Duplex) => {
    socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n');
    let heard = '';
    socket.on('data', (chunk: Buffer) => (heard += chunk.toString()));
    socket.on('end', () => socket.end(`heard ${heard}`));
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  ends.length = 0;
});

afterEach(() => {
  vi.useRealTimers();
  for (const agent of agents.splice(0)) agent.destroy();
  server.closeAllConnections();
  server.close();
});

const failure = (end: CommandEnd) => {
  ends.push(end);
  return new EngineError('unreachable', `ended with ${String(end.status)}`);
};
const bridgeTo = (socket: string) => ({ file: process.execPath, args: ['-e', bridge, socket], failure });
const shell = (script: string) => ({ file: '/bin/sh', args: ['-c', script], failure });

function agentOf(command: () => { file: string; args: string[]; failure: typeof failure }): CommandAgent {
  const agent = new CommandAgent({
    name: 'test',
    command: () => Promise.resolve(command()),
    dispose: () => undefined,
  });
  agents.push(agent);
  return agent;
}

const bridged = () => agentOf(() => bridgeTo(path));
const started = async () => (await readFile(`${path}.started`, 'utf8')).trim().split('\n').map(Number);

test('one process serves one request after the other', async () => {
  const agent = bridged();
  expect(await ask({ agent }, '/a')).toBe('200 /a');
  expect(await ask({ agent }, '/b')).toBe('200 /b');
  expect(await started()).toHaveLength(1);
});

test('an upgraded connection can be closed one way', async () => {
  const agent = bridged();
  const answer = await new Promise<string>((resolve, reject) => {
    const headers = { Connection: 'Upgrade', Upgrade: 'tcp' };
    const request = http.request({ agent, path: '/attach', method: 'POST', headers });
    request.on('upgrade', (_response, socket) => {
      let said = '';
      socket.on('data', (chunk: Buffer) => (said += chunk.toString()));
      socket.on('end', () => resolve(said));
      socket.end('hello');
    });
    request.on('error', reject).end();
  });
  expect(answer).toBe('heard hello');
});

test('a request given up ends its process', async () => {
  const agent = bridged();
  const controller = new AbortController();
  const gone = new Promise((resolve) => server.once('request', (request) => request.once('close', resolve)));
  const request = http.request({ agent, path: '/slow', signal: controller.signal });
  request.on('response', (response) => {
    response.on('error', () => undefined);
    controller.abort();
  });
  request.on('error', () => undefined).end();
  await gone;
  const [pid = 0] = await started();
  await expect.poll(() => isAlive(pid), patient).toBe(false);
});

test('an idle process that dies harms nobody; the next request starts another', async () => {
  const agent = bridged();
  await ask({ agent }, '/a');
  const [pid = 0] = await started();
  process.kill(pid, 'SIGKILL');
  await expect.poll(() => Object.keys(agent.freeSockets), patient).toEqual([]);
  expect(await ask({ agent }, '/b')).toBe('200 /b');
  expect(await started()).toHaveLength(2);
});

test('dispose ends the idle and the busy ones', async () => {
  const agent = bridged();
  await ask({ agent }, '/a');
  const busy = http.request({ agent, path: '/slow' });
  await new Promise((resolve) => busy.on('response', resolve).end());
  busy.on('error', () => undefined);
  const pids = await started();
  agent.destroy();
  for (const pid of pids) await expect.poll(() => isAlive(pid), patient).toBe(false);
});

test('the last words of a process that failed are the error', async () => {
  const script = `printf '%09000d the end\\n' 0 >&2; exit 255`;
  await expect(ask({ agent: agentOf(() => shell(script)) })).rejects.toMatchObject({
    message: 'ended with 255',
  });
  expect(ends[0]?.status).toBe(255);
  expect(ends[0]?.stderr).toHaveLength(4095);
  expect(ends[0]?.stderr).toMatch(/the end$/);
});

test('a signal is named, a program that is not there says why', async () => {
  await expect(ask({ agent: agentOf(() => shell('kill -9 $$')) })).rejects.toThrow('SIGKILL');
  const missing = { file: '/nowhere/ssh', args: [], failure };
  await expect(ask({ agent: agentOf(() => missing) })).rejects.toBeInstanceOf(EngineError);
  expect(ends[1]?.startError?.code).toBe('ENOENT');
});

test('a command that cannot be made fails its request, and no other', async () => {
  let broken = true;
  const agent = new CommandAgent({
    name: 'test',
    command: () => (broken ? Promise.reject(new Error('no command')) : Promise.resolve(bridgeTo(path))),
    dispose: () => undefined,
  });
  agents.push(agent);
  for (let turn = 0; turn < 10; turn++) await expect(ask({ agent })).rejects.toThrow('no command');
  broken = false;
  expect(await ask({ agent }, '/a')).toBe('200 /a');
});

test('closed output without an end is waited for, ten seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const script = 'echo stuck >&2; exec 1>&-; exec sleep 100';
  const connection = new CommandConnection(shell(script));
  const failed = new Promise((resolve) => connection.once('error', resolve));
  connection.resume();
  await vi.waitUntil(() => vi.getTimerCount() > 0, { timeout: 5000 });
  vi.advanceTimersByTime(10_000);
  expect(await failed).toBeInstanceOf(EngineError);
  expect(ends).toEqual([{ status: undefined, stderr: 'stuck', startError: undefined }]);
});

test('an ordinary end is an end', async () => {
  const connection = new CommandConnection(shell('printf bye'));
  let said = '';
  for await (const chunk of connection) said += String(chunk);
  expect(said).toBe('bye');
  expect(ends).toEqual([]);
});

test('output nobody reads does not pile up', async () => {
  const script = 'exec yes';
  const connection = new CommandConnection(shell(script));
  await new Promise((resolve) => connection.once('opened', resolve));
  const before = connection.readableLength;
  // Far more than the pipe holds has been written once a second connection has carried this much.
  const other = new CommandConnection(shell(script));
  let carried = 0;
  for await (const chunk of other) {
    carried += (chunk as Buffer).length;
    if (carried > 1 << 24) break;
  }
  expect(connection.readableLength).toBeLessThan(before + (1 << 18));
  connection.destroy();
});

test('no more than eight are being opened at once, and none after the end', async () => {
  const agent = agentOf(() => shell(`echo $$ >> '${path}.started'; exec cat > /dev/null`));
  const asked = Array.from({ length: 12 }, () =>
    ask({ agent }).catch((error: unknown) => (error as EngineError).kind),
  );
  await expect.poll(started, patient).toHaveLength(8);
  const [first = 0] = await started();
  process.kill(first);
  await expect.poll(started, patient).toHaveLength(9);
  agent.destroy();
  expect((await Promise.all(asked)).filter((kind) => kind === 'cancelled')).toHaveLength(3);
  expect(await started()).toHaveLength(9);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
