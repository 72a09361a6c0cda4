// The companion extension (test/fixtures/companion): building it, and speaking to it.
import { cpSync, existsSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { until } from './processes.mjs';

/** Builds it. @param {string} root the checkout @param {string} to @returns {Promise<string>} to */
export async function buildCompanion(root, to) {
  const { build } = await import('esbuild');
  const source = path.join(root, 'test/fixtures/companion');
  await build({
    entryPoints: [path.join(source, 'extension.ts')],
    outfile: path.join(to, 'extension.js'),
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'warning',
  });
  cpSync(path.join(source, 'package.json'), path.join(to, 'package.json'));
  return to;
}

/** What a command rejected with, as it came over: `kind` is that of an EngineError. */
class RemoteError extends Error {
  /** @param {{ name?: string, message?: string, kind?: string, cause?: unknown }} error */
  constructor(error) {
    super(error.message ?? String(error), { cause: error.cause });
    this.name = error.name ?? 'Error';
    this.kind = error.kind;
  }
}

/** @param {string} socket */
export function companion(socket) {
  const ask = async (/** @type {string} */ what, /** @type {unknown} */ body = {}) => {
    const { value, error } = JSON.parse(await post(socket, what, JSON.stringify(body)));
    if (error !== undefined) throw new RemoteError(error);
    return value;
  };
  return {
    /** Waits until it listens: the extension host is up then. */
    ready: () =>
      until('the extension host', () => existsSync(socket) && ask('commands').then(() => true), {
        timeout: 60_000,
      }),
    /**
     * Runs a command in the extension host; resolves with its result as JSON, rejects with a RemoteError.
     * @param {string} id @param {...unknown} args
     * @returns {Promise<any>}
     */
    run: (id, ...args) => ask('command', { id, args }),
    /** @returns {Promise<string[]>} the ids of all commands */
    commands: () => ask('commands'),
    /** The clipboard's text, after writing `text` when there is one. @param {string} [text] @returns {Promise<string>} */
    clipboard: (text) => ask('clipboard', { text }),
    /** Changes a user setting; undefined takes it back. @param {string} name @param {unknown} value @returns {Promise<void>} */
    set: (name, value) => ask('setting', { name, value }),
    /** Opens a webview with one word in it. @returns {Promise<void>} */
    emptyWebview: () => ask('emptyWebview'),
    /** @returns {Promise<{ uri: string, language: string, text: string }[]>} */
    documents: () => ask('documents'),
    /** @returns {Promise<{ name: string, exitCode?: number }[]>} */
    terminals: () => ask('terminals'),
    /** @param {string} id @param {boolean} [activate] @returns {Promise<{ active: boolean, path: string } | undefined>} */
    extension: (id, activate) => ask('extension', { id, activate }),
  };
}

/** @typedef {ReturnType<typeof companion>} Companion */

/** @param {string} socketPath @param {string} what @param {string} body @returns {Promise<string>} */
function post(socketPath, what, body) {
  return new Promise((resolve, reject) => {
    const request = http.request(
      { socketPath, method: 'POST', path: `/${what}`, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (/** @type {string} */ chunk) => (text += chunk));
        response.once('end', () => resolve(text));
        response.once('error', reject);
      },
    );
    request.once('error', reject);
    request.end(body);
  });
}
