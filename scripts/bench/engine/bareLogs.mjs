// A request for logs over a bare socket whose answer is thrown away: what the engine alone takes.
import { connect } from 'node:net';

/** @param {string} host as in DOCKER_HOST, a Unix socket @param {string} id @param {number} tail @returns {Promise<void>} at its end */
export function bareLogs(host, id, tail) {
  return new Promise((resolve, reject) => {
    const socket = connect(host.replace(/^unix:\/\//, ''));
    socket.once('error', reject).once('close', () => resolve());
    socket.resume();
    const path = `/v1.41/containers/${id}/logs?stdout=1&stderr=1&tail=${tail}`;
    socket.write(`GET ${path} HTTP/1.1\r\nHost: engine\r\nConnection: close\r\n\r\n`);
  });
}
