// Stands between a client and a server and misbehaves when told: slow, cut off, gone.
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import net from 'node:net';
import { Transform } from 'node:stream';

/**
 * @typedef {object} RigProxy
 * @property {number} port of 127.0.0.1; 0 for a socket
 * @property {() => void} cut ends every open connection; new ones are accepted
 * @property {() => Promise<void>} down ends every open connection and accepts no more, as a stopped server
 * @property {() => Promise<void>} up accepts again
 * @property {(bytesPerSecond: number) => void} slow for what the server sends from now on; Infinity for full speed
 * @property {() => number} connections open now
 * @property {() => number} bytes passed so far, both ways
 */

/**
 * @param {net.NetConnectOpts} to the server: `{ path }` or `{ host, port }`
 * @param {string | number} [listen] the path of a socket to make, or a port of 127.0.0.1
 * @returns {Promise<RigProxy>}
 */
export async function startProxy(to, listen = 0) {
  /** @type {Set<net.Socket>} */
  const open = new Set();
  let rate = Infinity;
  let passed = 0;
  const tie = (/** @type {net.Socket} */ one, /** @type {net.Socket} */ other) => {
    open.add(one);
    one.once('error', () => other.destroy());
    one.once('close', () => {
      open.delete(one);
      other.destroy();
    });
  };
  const server = net.createServer({ allowHalfOpen: true }, (client) => {
    const upstream = net.connect({ ...to, allowHalfOpen: true });
    tie(client, upstream);
    tie(upstream, client);
    for (const socket of [client, upstream]) socket.on('data', (chunk) => (passed += chunk.length));
    client.pipe(upstream);
    upstream.pipe(pace(() => rate)).pipe(client);
  });
  const up = async () => {
    if (typeof listen === 'string') rmSync(listen, { force: true });
    if (typeof listen === 'string') server.listen(listen);
    else server.listen(port || listen, '127.0.0.1');
    await once(server, 'listening');
  };
  const cut = () => open.forEach((socket) => socket.destroy());
  let port = 0;
  await up();
  const bound = server.address();
  if (typeof bound === 'object') port = bound?.port ?? 0;
  return {
    port,
    cut,
    up,
    down: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        cut();
      }),
    slow: (bytesPerSecond) => (rate = bytesPerSecond),
    connections: () => open.size / 2,
    bytes: () => passed,
  };
}

/** Lets bytes pass at a rate asked for at each piece. @param {() => number} rate bytes a second */
function pace(rate) {
  return new Transform({
    highWaterMark: 16 * 1024,
    transform(chunk, _encoding, done) {
      const wait = (chunk.length / rate()) * 1000;
      if (wait < 1) done(null, chunk);
      else setTimeout(() => done(null, chunk), wait);
    },
  });
}
