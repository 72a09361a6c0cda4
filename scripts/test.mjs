// npm test [check|unit|engine|conformance|host|ui …] [parts of names of test files …]
// Brings what the tests need, runs them, and ends with one line: N passed, N failed.
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { prepareEngine } from './rig/engine.mjs';
import { whyNotPrivate } from './rig/machine.mjs';
import { ensureCommands, ensureNodeModules } from './rig/packages.mjs';
import { engineCommands, hasTests, order, parts, runPart, stopParts } from './rig/parts.mjs';
import { run, stopAll } from './rig/processes.mjs';
import { tell } from './rig/results.mjs';
import { explain, say, step } from './rig/say.mjs';

/** @typedef {import('./rig/parts.mjs').Part} Part */
/** @typedef {import('./rig/results.mjs').Results} Results */

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const words = process.argv.slice(2);
const isPart = (/** @type {string} */ word) => Object.hasOwn(parts, word);
const chosen = /** @type {Part[]} */ (words.filter(isPart));
const filters = words.filter((word) => !isPart(word));

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => {
    say(`\nStopping, because of ${signal}.`);
    void stopParts()
      .then(stopAll)
      .then(() => process.exit(1));
  });
}

process.exitCode = await main().catch(async (error) => {
  await stopAll();
  say(`\n${explain(error)}\n`);
  say('0 passed, 1 failed');
  return 1;
});

async function main() {
  const wanted = order.filter((part) => (chosen.length > 0 ? chosen.includes(part) : hasTests(root, part)));
  await prepare(wanted);
  const broken = wanted.some((part) => part === 'check' || parts[part].needsEditor)
    ? await build()
    : undefined;
  say('Running the tests; what they print goes to out/logs.');
  /** @type {Map<string, Results>} */
  const results = new Map();
  if (broken) results.set('build', { passed: [], failed: [broken], skipped: [] });
  const queue = [...wanted];
  const work = async () => {
    for (let part = queue.shift(); part; part = queue.shift()) {
      if (broken && parts[part].needsEditor) say(`  ✗ ${part}: there is no extension to test`);
      else results.set(part, await runPart(root, part, filters));
    }
  };
  // On an engine that is shared, one part would see what the other makes.
  await Promise.all((await whyNotPrivate()) ? [work()] : [work(), work()]);
  return tell(results);
}

/** @param {Part[]} wanted */
async function prepare(wanted) {
  say('Getting ready');
  await ensureNodeModules(root);
  const engine = wanted.some((part) => parts[part].needsEngine);
  const editor = wanted.some((part) => parts[part].needsEditor);
  const { browserPackages, ensureBrowser } = await import('./rig/browser.mjs');
  const { editorCommands, installEditor } = await import('./rig/editor.mjs');
  if (process.platform === 'linux' && process.getuid?.() === 0) {
    await ensureCommands(
      [...(engine ? engineCommands : []), ...(editor ? editorCommands() : [])],
      editor ? await browserPackages() : [],
    );
  }
  const why = engine && (await whyNotPrivate());
  if (why)
    say(`  The tests use the engine that is there and leave alone what is not theirs, because ${why}.`);
  if (engine && !why) await prepareEngine();
  if (!editor) return;
  await ensureBrowser();
  await installEditor();
}

/** The build with its guards: what it says, or the failure that keeps the editor's parts from running. */
async function build() {
  try {
    const said = await step('Building the extension', () =>
      run(process.execPath, ['esbuild.mjs'], { cwd: root }),
    );
    process.stdout.write(said.replace(/^/gm, '    ').trimEnd() + '\n');
    return undefined;
  } catch (error) {
    return { title: 'npm run build', error: explain(error) };
  }
}
