// The engine layer as it ships, for a process without an editor.
import path from 'node:path';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { leaveOutCorners } from '../../esbuild.mjs';

const PARTS = `
  export { Engine } from './engine';
  export { outlineOf } from './lens/outline';
  export { readImages } from './lens/readImages';
  export { Paths } from './lens/paths';
  export { FileState } from './lens/state';
  export { treeOf } from './lens/tree';
  export { efficiencyOf } from './lens/efficiency';
`;

/**
 * @typedef {typeof import('../../src/engine/lens/outline')
 *   & typeof import('../../src/engine/lens/readImages')
 *   & typeof import('../../src/engine/lens/paths')
 *   & typeof import('../../src/engine/lens/state')
 *   & typeof import('../../src/engine/lens/tree')
 *   & typeof import('../../src/engine/lens/efficiency')} Lens
 */

/** What reads images of the bundle. @param {string} file of `bundleEngine` @returns {Lens} */
export function lensOf(file) {
  return createRequire(import.meta.url)(file);
}

/**
 * Bundles it.
 * @param {string} root the checkout
 * @param {string} folder
 * @returns {Promise<string>} the file
 */
export async function bundleEngine(root, folder) {
  const outfile = path.join(folder, 'engine.cjs');
  await build({
    stdin: { contents: PARTS, resolveDir: path.join(root, 'src/engine'), loader: 'ts' },
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
