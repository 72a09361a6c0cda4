// The engine layer as it ships, for a process without an editor.
import path from 'node:path';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { leaveOutCorners } from '../../esbuild.mjs';

/**
 * Bundles it.
 * @param {string} root the checkout
 * @param {string} folder
 * @returns {Promise<string>} the file
 */
export async function bundleEngine(root, folder) {
  const outfile = path.join(folder, 'engine.cjs');
  await build({
    entryPoints: [path.join(root, 'src/engine/engine.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    plugins: [leaveOutCorners],
    logLevel: 'error',
  });
  return outfile;
}

/**
 * @param {string} file of `bundleEngine`
 * @param {string} host as in DOCKER_HOST
 * @returns {import('../../src/engine/engine').Engine}
 */
export function connect(file, host) {
  /** @type {typeof import('../../src/engine/engine')} */
  const { Engine } = createRequire(import.meta.url)(file);
  return new Engine('bench', async () => ({ source: 'added', contextName: 'default', host }), {
    env: {},
    homedir: '/nonexistent',
    platform: process.platform,
  });
}
