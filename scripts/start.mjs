// npm start: VS Code with Quayside in it, an engine, images to pull and an example folder.
//   --browser  VS Code in the browser, even where there is a desktop one
//   --check    open it unseen, see that Quayside is there, and end
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureCommands, ensureNodeModules } from './rig/packages.mjs';
import { editorCommands, installEditor, startEditor } from './rig/editor.mjs';
import { reachableEngine } from './rig/engine.mjs';
import { ensureEngine } from './rig/ownEngine.mjs';
import { run, stopAll, which } from './rig/processes.mjs';
import { explain, say, step } from './rig/say.mjs';
import { startLessonRegistry } from './rig/services.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const flags = new Set(process.argv.slice(2));
const check = flags.has('--check');
const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-start-'));

let ending = false;

/** @param {number} code */
async function end(code) {
  ending = true;
  await stopAll();
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.once(signal, () => {
    say('\nStopping what was started …');
    void end(signal === 'SIGINT' ? 0 : 1);
  });
}

await main().catch(async (error) => {
  say(`\n${explain(error)}`);
  await end(1);
});

async function main() {
  say('Quayside for Docker');
  await ensureNodeModules(root);
  await packages();
  const engine = await ensureEngine(path.join(folder, 'engine'));
  const registry = await lessons(engine.host);
  await step('Building the extension', () => run(process.execPath, ['esbuild.mjs'], { cwd: root }));
  const example = copyExample(registry);
  const opened = (await desktop()) ? await openDesktop(example) : await openInBrowser(example);

  say(`\nEngine    ${engine.host}${engine.started ? ' (started here, ends with this)' : ''}`);
  if (registry) say(`Images    ${registry}/diamol/ch02-hello-diamol and others, to be pulled`);
  say(`Folder    ${example}`);
  say(`VS Code   ${opened}`);
  if (check) {
    const { seeQuayside } = await import('./rig/look.mjs');
    await step('Looking for Quayside in the activity bar', () =>
      seeQuayside(opened, path.join(root, 'out/screenshots')),
    );
    say('\nOK');
    await end(0);
  }
  if (registry || engine.started || opened.startsWith('http')) say('\nCtrl-C ends what was started here.');
}

/** What is missing of the system's packages, in one go, where this script may install them. */
async function packages() {
  if (process.platform !== 'linux' || process.getuid?.() !== 0 || !(await which('apt-get'))) return;
  /** @type {import('./rig/packages.mjs').Command[]} */
  const engine = (await reachableEngine()) ? [] : ['dockerd', 'iptables'];
  const editor = (await desktop()) ? [] : editorCommands();
  const { browserPackages } = await import('./rig/browser.mjs');
  await ensureCommands(
    [...engine, 'busybox', 'docker-registry', ...editor],
    check ? await browserPackages() : [],
  );
}

/** A registry with the images of a first lesson, for an engine on this machine. @param {string} host @returns {Promise<string | undefined>} */
async function lessons(host) {
  if (process.platform !== 'linux' || !host.startsWith('unix:')) return undefined;
  const started = await step('Offering the lesson images on a registry of this machine', () =>
    startLessonRegistry(path.join(folder, 'registry')),
  );
  if (!started)
    say(
      '    (left out: install docker-registry and busybox-static to have them; public images work as ever)',
    );
  return started?.registry.address;
}

/** A copy, to be changed at will. @param {string | undefined} registry @returns {string} */
function copyExample(registry) {
  const example = path.join(folder, 'example');
  mkdirSync(example);
  cpSync(path.join(root, 'test/fixtures/example'), example, { recursive: true });
  const dockerfile = path.join(example, 'Dockerfile');
  const base = registry ? `${registry}/diamol/base` : 'busybox';
  writeFileSync(dockerfile, readFileSync(dockerfile, 'utf8').replace(/^ARG BASE=.*$/m, `ARG BASE=${base}`));
  return example;
}

/** Whether to open a desktop VS Code: there is one, and a screen. */
async function desktop() {
  if (check || flags.has('--browser')) return false;
  const screen = process.platform !== 'linux' || process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY'];
  return Boolean(screen && (await which('code')));
}

/** @param {string} example @returns {Promise<string>} what was opened */
async function openDesktop(example) {
  await step('Opening VS Code', () =>
    run('code', ['--new-window', `--extensionDevelopmentPath=${root}`, example]),
  );
  return 'a new window of the desktop editor';
}

/** @param {string} example @returns {Promise<string>} its address */
async function openInBrowser(example) {
  await installEditor();
  const editor = await step('Starting VS Code for the browser', () =>
    startEditor({ folder: path.join(folder, 'editor'), workspace: example, extensions: [root], port: 8443 }),
  );
  void editor.process.exited.then(() => {
    if (ending) return;
    say('VS Code has ended by itself; run this again.');
    void end(1);
  });
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  if (!check && (await which(opener))) await run(opener, [editor.url]).catch(() => undefined);
  return editor.url;
}
