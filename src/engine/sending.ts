import http, { type IncomingMessage, type RequestOptions } from 'node:http';
import { Readable, type Duplex } from 'node:stream';

/**
 * Sends one request as it is, in the place of docker-modem's own way: that one follows a redirect to wherever it leads,
 * past the agent and with an error that nobody can catch. Here a redirect is an answer like any other. Called back once
 * with the response, or with the socket after an upgrade; a failure that comes later is the response's own. A body that
 * is not wanted to its end is destroyed.
 */
export function sendRequest(
  protocol: 'http' | 'https',
  options: RequestOptions,
  body: Readable | Buffer | string | undefined,
  callback: (error: Error | null, answer: IncomingMessage | Duplex | undefined) => void,
): void {
  // Not `http.request`: the editor puts its own in that place, which takes the way of its proxy settings instead of our
  // agent. Without the agent there is no ssh, no certificate of a client, and what is meant for the engine goes elsewhere.
  const request = new http.ClientRequest({ ...options, protocol: `${protocol}:` });
  request.once('response', (response) => callback(null, response));
  request.once('upgrade', (_, socket: Duplex, head: Buffer) => {
    if (head.length > 0) socket.unshift(head);
    callback(null, socket);
  });
  request.on('error', (error) => callback(error, undefined));
  request.once('socket', heed);
  if (body instanceof Readable) {
    body.on('error', (error) => request.destroy(error));
    if (body.errored) request.destroy(body.errored);
    request.once('close', () => body.destroy());
    body.pipe(request);
  } else request.end(body);
}

/**
 * Node lets go of a socket whose answer has ended, though a body may still be on its way: what that then fails with is
 * heard by nobody, and would end the process.
 */
function heed(socket: Duplex): void {
  if (!socket.listeners('error').includes(unheard)) socket.on('error', unheard);
}

function unheard(): void {
  // Who waited for an answer has it.
}
