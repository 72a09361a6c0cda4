// Requests to a Docker engine with node:http alone: what the rig needs of one, and how tests ask it behind the
// extension's back.
import http from 'node:http';
import { Sorry } from './say.mjs';

/** The API version every supported engine speaks. */
const version = 'v1.40';

/**
 * @typedef {object} Ask
 * @property {unknown} [json] body
 * @property {Buffer} [tar] body
 * @property {Record<string, string>} [headers]
 * @property {number} [timeout] milliseconds without an answer or a byte of it; default 60 s
 */

/**
 * @param {string} host as in DOCKER_HOST: `unix:///…` or `tcp://…`
 * @returns {{ socketPath: string } | { host: string, port: string }}
 */
export function address(host) {
  if (host.startsWith('unix://')) return { socketPath: host.slice('unix://'.length) };
  const { hostname, port } = new URL(host.replace(/^tcp:/, 'http:'));
  return { host: hostname, port: port || '2375' };
}

/**
 * Asks the engine and answers with status and text, whatever the status.
 * @param {string} host as in DOCKER_HOST
 * @param {string} method
 * @param {string} path without the version
 * @param {Ask} [ask]
 * @returns {Promise<{ status: number, text: string, headers: http.IncomingHttpHeaders }>}
 */
function answer(host, method, path, { json, tar, headers = {}, timeout = 60_000 } = {}) {
  const body = tar ?? (json === undefined ? undefined : Buffer.from(JSON.stringify(json)));
  const type = tar ? 'application/x-tar' : json === undefined ? undefined : 'application/json';
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        ...address(host),
        method,
        path: path === '/_ping' ? path : `/${version}${path}`,
        headers: { Host: 'docker', ...(type && { 'Content-Type': type }), ...headers },
        agent: false,
        timeout,
      },
      (response) => {
        /** @type {Buffer[]} */
        const chunks = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(chunks).toString(),
            headers: response.headers,
          }),
        );
      },
    );
    request.once('timeout', () => request.destroy(new Error(`No answer to ${method} ${path}`)));
    request.once('error', reject);
    request.end(body);
  });
}

/**
 * Asks the engine and answers with the JSON it sent (`undefined` for none); any status from 400 up rejects, and so does
 * an `error` line in a stream of progress.
 * @param {string} host as in DOCKER_HOST
 * @param {string} method
 * @param {string} path without the version
 * @param {Ask} [ask]
 * @returns {Promise<any>}
 */
export async function api(host, method, path, ask) {
  const { status, text, headers } = await answer(host, method, path, ask);
  if (status >= 400) throw new Sorry(`${method} ${path} answered ${status}: ${text.trim()}`);
  if (!text.trim() || !/json/.test(headers['content-type'] ?? '')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const failed = lines.find((line) => line.error);
    if (failed) throw new Sorry(`${method} ${path}: ${failed.error}`);
    return lines;
  }
}

/** Whether an engine answers there. @param {string} host @returns {Promise<boolean>} */
export async function answers(host) {
  try {
    return (await answer(host, 'GET', '/_ping', { timeout: 3000 })).status === 200;
  } catch {
    return false;
  }
}
