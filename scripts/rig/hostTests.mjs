// Tests inside the extension host of a real VS Code.
import { readFileSync, readdirSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build, leaveOutCorners } from '../../esbuild.mjs';
import { startBrowser } from './browser.mjs';
import { stageExtension, startEditor, still } from './editor.mjs';
import { until } from './processes.mjs';

/** @typedef {import('./results.mjs').Results} Results */

/**
 * @param {object} options
 * @param {string} options.root the checkout
 * @param {string} options.folder for files of this run
 * @param {readonly string[]} options.filters parts of the names of the test files to run; none: all
 * @param {NodeJS.ProcessEnv} options.env for the extension host
 * @param {number} [options.timeout] milliseconds
 * @returns {Promise<Results & { console: string[] }>}
 */
export async function runHostTests({ root, folder, filters, env, timeout = 1_800_000 }) {
  const at = (/** @type {string} */ name) => path.join(folder, name);
  await build({ outdir: at('dist'), guarded: false });
  const quayside = stageExtension(root, at('dist'), at('quayside'));
  const tests = path.join(root, 'out/host', path.basename(folder));
  await bundleTests(root, tests, filters);
  mkdirSync(at('home'));
  mkdirSync(at('workspace'));
  const results = at('results.json');
  const editor = await startEditor({
    folder: at('editor'),
    workspace: at('workspace'),
    extensions: [],
    settings: still,
    env: {
      HOME: at('home'),
      DOCKER_CONFIG: at('home/.docker'),
      DOCKER_CONTEXT: undefined,
      QUAYSIDE_HOST_RESULTS: results,
      ...env,
    },
  });
  const remote = (/** @type {string} */ file) => `vscode-remote://${new URL(editor.origin).host}${file}`;
  const payload = JSON.stringify([
    ['extensionDevelopmentPath', remote(quayside)],
    ['extensionTestsPath', remote(path.join(tests, 'index.js'))],
  ]);
  const browser = await startBrowser();
  try {
    const page = await browser.newPage();
    /** @type {string[]} */
    const console = [];
    page.on('console', (message) => console.push(message.text()));
    await page.goto(`${editor.url}&payload=${encodeURIComponent(payload)}`);
    const read = () =>
      existsSync(results) && /** @type {Results} */ (JSON.parse(readFileSync(results, 'utf8')));
    const found = await until('the host tests to end', read, {
      timeout,
      every: 200,
      alive: editor.process,
    }).catch((error) => {
      error.message += `\nThe console said:\n${console.slice(-20).join('\n')}`;
      throw error;
    });
    return { ...found, console };
  } finally {
    await browser.close();
    await editor.process.stop();
    rmSync(tests, { recursive: true, force: true });
  }
}

/** One file per test file, with what it imports; `vscode` and mocha stay outside. @param {string} root @param {string} to @param {readonly string[]} filters */
async function bundleTests(root, to, filters) {
  const esbuild = await import('esbuild');
  const source = path.join(root, 'test/host');
  const tests = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .filter(
      (file) => filters.length === 0 || filters.some((part) => path.join('test/host', file).includes(part)),
    );
  await esbuild.build({
    entryPoints: {
      index: path.join(source, 'index.ts'),
      ...Object.fromEntries(
        tests.map((file) => [file.replaceAll(path.sep, '.').replace(/\.ts$/, ''), path.join(source, file)]),
      ),
    },
    outdir: to,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    plugins: [leaveOutCorners],
    logLevel: 'warning',
  });
}
