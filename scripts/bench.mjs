// npm run bench [-- engine|editor|lists|actions|dockerfile …] [rounds]
// What is fast, and how fast: ratios against the docker CLI on the same engine in the same run.
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ensureBrowser } from './rig/browser.mjs';
import { installEditor } from './rig/editor.mjs';
import { privately, whyNotPrivate } from './rig/machine.mjs';
import { ensureCommands, ensureNodeModules } from './rig/packages.mjs';
import { say } from './rig/say.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
await ensureNodeModules(root);
if (process.platform === 'linux' && process.getuid?.() === 0)
  await ensureCommands(['busybox', 'dockerd', 'iptables', 'docker-registry']);
await ensureBrowser();
await installEditor();
const why = await whyNotPrivate();
if (why) {
  say(`The bench needs an engine of its own, and ${why}.`);
  process.exitCode = 1;
} else {
  const main = path.join(root, 'scripts/bench/main.mjs');
  const machine = privately([process.execPath, main, ...process.argv.slice(2)], { cwd: root });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.once(signal, () => void machine.stop());
  process.exitCode = await machine.exited;
}
