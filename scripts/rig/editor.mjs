// VS Code in the browser, with the extension in it.
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cached, isCached } from './cache.mjs';
import { ensureCommands } from './packages.mjs';
import { freePort, launch, run, until, which } from './processes.mjs';
import { Sorry, step } from './say.mjs';

const version = '4.100.3';

const name = `code-server-${version}-${process.platform}-${process.arch}-abi${process.versions.modules}`;

/** The commands that installing or running it takes. @returns {import('./packages.mjs').Command[]} */
export function editorCommands() {
  return isCached(name) ? ['rg'] : ['rg', 'python3', 'make', 'g++'];
}

/** The editor's folder; installed when it is not in the cache. It holds VS Code 1.100. @returns {Promise<string>} */
export async function installEditor() {
  await ensureCommands(editorCommands());
  return cached(name, (folder) => step('Installing VS Code for the browser', () => build(folder)));
}

/**
 * The package's own scripts would fetch more than is needed from elsewhere, so they do not run, and what they would
 * have built is built here.
 * @param {string} folder
 */
async function build(folder) {
  const env = { ...process.env };
  const headers = path.dirname(path.dirname(process.execPath));
  if (existsSync(path.join(headers, 'include/node/node_version.h'))) env['npm_config_nodedir'] ??= headers;
  const npm = (/** @type {string} */ cwd, /** @type {string[]} */ ...args) =>
    run('npm', [...args, '--no-audit', '--no-fund'], { cwd, env });
  writeFileSync(path.join(folder, 'package.json'), '{ "name": "editor", "private": true }\n');
  await npm(folder, 'install', '--ignore-scripts', '--omit=dev', `code-server@${version}`);
  const server = path.join(folder, 'node_modules/code-server');
  const vscode = path.join(server, 'lib/vscode');
  await npm(vscode, 'install', '--ignore-scripts', '--omit=dev', '--no-save');
  await Promise.all([
    npm(path.join(vscode, 'extensions'), 'install', '--ignore-scripts', '--omit=dev', '--no-save'),
    npm(folder, 'rebuild', 'argon2'),
    buildNative(vscode, npm),
  ]);
  symlinkSync('node_modules', path.join(vscode, 'node_modules.asar'));
  const bin = path.join(vscode, 'node_modules/@vscode/ripgrep/bin');
  mkdirSync(bin, { recursive: true });
  rmSync(path.join(bin, 'rg'), { force: true });
  symlinkSync((await which('rg')) ?? 'rg', path.join(bin, 'rg'));
  await run(process.execPath, [path.join(server, 'out/node/entry.js'), '--version']);
}

/** @param {string} vscode @param {(cwd: string, ...args: string[]) => Promise<string>} npm */
async function buildNative(vscode, npm) {
  await npm(vscode, 'rebuild', '@vscode/spdlog', 'native-watchdog');
  // Its last script fails after the build is done; what counts is the file.
  await npm(vscode, 'rebuild', 'node-pty').catch(() => undefined);
  if (!existsSync(path.join(vscode, 'node_modules/node-pty/build/Release/pty.node'))) {
    throw new Sorry(
      'The terminal part of VS Code (node-pty) could not be built; see that python3, make and g++ work.',
    );
  }
}

/** A page that nothing moves in is painted once: without a graphics card each painting costs what a test does. */
export const still = { 'workbench.reduceMotion': 'on', 'editor.cursorBlinking': 'solid' };

/**
 * @typedef {object} EditorOptions
 * @property {string} folder for its own files
 * @property {string} workspace the folder to open
 * @property {readonly string[]} extensions folders of extensions to load
 * @property {Record<string, unknown>} [settings] user settings besides ours
 * @property {NodeJS.ProcessEnv} [env] for the extension host, besides ours
 * @property {boolean} [trust] ask whether the workspace is trusted
 * @property {number} [port]
 */

/**
 * @typedef {object} RigEditor
 * @property {string} url of the workspace
 * @property {string} origin
 * @property {import('./processes.mjs').Launched} process
 */

/**
 * Starts the editor and waits until it answers.
 * @param {EditorOptions} options
 * @returns {Promise<RigEditor>}
 */
export async function startEditor({
  folder,
  workspace,
  extensions,
  settings,
  env,
  trust = false,
  port: wanted,
}) {
  const server = path.join(await installEditor(), 'node_modules/code-server');
  const at = (/** @type {string} */ name) => path.join(folder, name);
  mkdirSync(at('data/User'), { recursive: true });
  mkdirSync(at('extensions'), { recursive: true });
  for (const source of extensions) loadExtension(source, at('extensions'));
  writeFileSync(at('data/User/settings.json'), JSON.stringify({ ...quiet, ...settings }, undefined, 2));
  const port = await freePort(wanted);
  const process = launch(
    globalThis.process.execPath,
    [
      path.join(server, 'out/node/entry.js'),
      ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
      ...['--user-data-dir', at('data'), '--extensions-dir', at('extensions'), '--config', at('config.yaml')],
      ...['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'],
      ...(trust ? [] : ['--disable-workspace-trust']),
      workspace,
    ],
    { log: at('log'), env: { ...withoutEditor(globalThis.process.env), ...env } },
  );
  const origin = `http://127.0.0.1:${port}`;
  await until('VS Code to answer', async () => (await fetch(`${origin}/healthz`)).ok, { alive: process });
  return { url: `${origin}/?folder=${encodeURIComponent(workspace)}`, origin, process };
}

/** Nothing that asks, greets, animates or calls home. */
const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'terminal.integrated.gpuAcceleration': 'off',
  'terminal.integrated.showExitAlert': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'git.enabled': false,
  'chat.commandCenter.enabled': false,
  'security.workspace.trust.startupPrompt': 'never',
};

/** As an installed extension: a link, so that a new build is there after a reload. */
function loadExtension(/** @type {string} */ source, /** @type {string} */ folder) {
  const to = path.join(folder, path.basename(source));
  if (!existsSync(to)) symlinkSync(source, to);
}

/** Started from a terminal of VS Code, the new one must not take itself for a part of that. @param {NodeJS.ProcessEnv} env */
function withoutEditor(env) {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_|CODE_SERVER_)/.test(name)),
  );
}

/**
 * Copies what ships of the built extension, so that a build beside a running test changes nothing in it.
 * @param {string} root the checkout
 * @param {string} dist its built half
 * @param {string} to
 * @returns {string} to
 */
export function stageExtension(root, dist, to) {
  mkdirSync(to, { recursive: true });
  cpSync(dist, path.join(to, 'dist'), { recursive: true });
  for (const name of ['package.json', 'package.nls.json', 'media', 'l10n', 'README.md', 'LICENSE']) {
    const source = path.join(root, name);
    if (existsSync(source)) cpSync(source, path.join(to, name), { recursive: true });
  }
  return to;
}
