import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { Transform, type Duplex, type Readable } from 'node:stream';
import os from 'node:os';
import path from 'node:path';
import { address } from '../../../scripts/rig/engineApi.mjs';
import { engine as rig } from '../../rig/engine';

/** What can go wrong between a client and an engine; the last two pass everything on, but take their time. */
export const FAULTS = [
  'silent',
  'status500',
  'redirect',
  'notHttp',
  'wrongType',
  'cut',
  'truncatedChunk',
  'reset',
  'delay',
  'slowReader',
] as const;
/** Where nothing listens: who follows fails in another way. */
const ELSEWHERE = 'http://127.0.0.1:1/elsewhere';
export type Fault = (typeof FAULTS)[number];

/** ms before an answer. */
const DELAY = 100;
/** Bytes of a body that are taken in one ms. */
const SLOWLY = 200;

/**
 * The engine behind a connection that fails in a chosen way, from the first request after the ping on; with `once` only at
 * the first request that it matches, as in `POST /v1.41/containers/x/stop`.
 */
export async function faultProxy(fault: Fault, once?: RegExp): Promise<AsyncDisposable & { host: string }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-fault-'));
  const socket = path.join(folder, 'docker.sock');
  let failed = false;
  const server = createServer((incoming, response) => {
    incoming.on('error', () => undefined);
    const meant = once
      ? !failed && once.test(`${incoming.method} ${incoming.url}`)
      : incoming.url !== '/_ping';
    failed ||= meant;
    if (meant) fail(fault, incoming, response);
    else forward(incoming, response);
  });
  server.on('upgrade', (incoming, stream) => {
    stream.on('error', () => undefined);
    failUpgrade(fault, incoming, stream);
  });
  await new Promise<void>((resolve) => server.listen(socket, resolve));
  return {
    host: `unix://${socket}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function fail(fault: Fault, incoming: IncomingMessage, response: ServerResponse): void {
  const { socket } = incoming;
  switch (fault) {
    case 'silent':
      return;
    case 'status500':
      incoming.resume();
      response
        .writeHead(500, { 'Content-Type': 'application/json' })
        .end('{"message":"the engine had a bad day"}');
      return;
    case 'redirect':
      incoming.resume();
      response.writeHead(307, { Location: ELSEWHERE }).end();
      return;
    case 'notHttp':
      socket.end('\u0000\u0001 this is not HTTP\r\n\r\n');
      return;
    case 'wrongType':
      incoming.resume();
      response
        .writeHead(200, { 'Content-Type': 'text/html' })
        .end('<html>Log in to the hotel network</html>');
      return;
    case 'cut':
      forward(incoming, response, () => socket.destroy());
      return;
    case 'truncatedChunk':
      socket.write(
        'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nfff\r\n{"a',
      );
      socket.end();
      return;
    case 'reset':
      // In the middle of the upload where there is one.
      incoming.once('data', () => socket.destroy());
      incoming.once('end', () => socket.destroy());
      return;
    case 'delay':
      setTimeout(() => {
        if (!response.closed) forward(incoming, response);
      }, DELAY);
      return;
    case 'slowReader':
      forward(incoming, response, undefined, incoming.pipe(slowed()));
  }
}

function slowed(): Transform {
  return new Transform({
    transform: (chunk: Buffer, _, done) => setTimeout(() => done(null, chunk), chunk.length / SLOWLY),
  });
}

function failUpgrade(fault: Fault, incoming: IncomingMessage, socket: Duplex): void {
  switch (fault) {
    case 'silent':
      return;
    case 'status500':
      socket.end(
        'HTTP/1.1 500 Internal Server Error\r\nContent-Length: 38\r\n\r\n{"message":"the engine had a bad day"}\n',
      );
      return;
    case 'redirect':
      socket.end(`HTTP/1.1 307 Temporary Redirect\r\nLocation: ${ELSEWHERE}\r\nContent-Length: 0\r\n\r\n`);
      return;
    case 'wrongType':
      socket.end('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\n<html>');
      return;
    case 'notHttp':
      socket.end('\u0000\u0001 this is not HTTP\r\n\r\n');
      return;
    case 'cut':
    case 'truncatedChunk':
      // Half a frame: its header promises more than comes.
      socket.end(
        Buffer.concat([
          Buffer.from('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n'),
          Buffer.from([1, 0, 0, 0, 0, 0, 1, 0, 65]),
        ]),
      );
      return;
    case 'reset':
      socket.destroy();
      return;
    case 'delay':
      setTimeout(() => join(incoming, socket), DELAY);
      return;
    case 'slowReader':
      join(incoming, socket, slowed());
  }
}

/** Both ends of an upgraded connection. */
function join({ method, url, rawHeaders }: IncomingMessage, socket: Duplex, upload?: Transform): void {
  const where = address(rig.host);
  const engine = connect(
    'socketPath' in where ? { path: where.socketPath } : { host: where.host, port: Number(where.port) },
  );
  engine.on('error', () => socket.destroy());
  const headers = rawHeaders.map((one, at) => (at % 2 === 0 ? `${one}: ` : `${one}\r\n`)).join('');
  engine.write(`${method ?? ''} ${url ?? ''} HTTP/1.1\r\n${headers}\r\n`);
  (upload ? socket.pipe(upload) : socket).pipe(engine);
  engine.pipe(socket);
}

/** Pass a request on; `cut` is called once the first bytes of its answer have passed. */
function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  cut?: () => void,
  body: Readable = incoming,
): void {
  const outgoing = request(
    { ...address(rig.host), method: incoming.method, path: incoming.url, headers: incoming.headers },
    (answer) => {
      const headers = { ...answer.headers };
      delete headers['content-length'];
      delete headers['transfer-encoding'];
      response.writeHead(answer.statusCode ?? 500, headers);
      answer.on('error', () => undefined);
      if (!cut) {
        answer.pipe(response);
        return;
      }
      const end = (chunk: Buffer): void => {
        answer.destroy();
        response.write(chunk.subarray(0, Math.ceil(chunk.length / 2)), cut);
      };
      answer.once('data', end);
      answer.once('end', () => end(Buffer.from('?')));
    },
  );
  outgoing.on('error', () => response.destroy());
  // Who leaves in the middle of a body, either one, would leave the engine waiting with the container locked.
  response.once('close', () => outgoing.destroy());
  body.pipe(outgoing);
}
