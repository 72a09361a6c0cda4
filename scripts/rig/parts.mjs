// The parts of `npm test`: how each is run, and what it needs.
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cacheFolder } from './cache.mjs';
import { privately, whyNotPrivate } from './machine.mjs';
import { launch, tail } from './processes.mjs';
import { elapsed, say } from './say.mjs';
import { line, count } from './results.mjs';

/** @typedef {import('./results.mjs').Results} Results */
/** @typedef {'check' | 'unit' | 'engine' | 'conformance' | 'start' | 'host' | 'ui'} Part */

const minutes = 60_000;

/** `limit`: after so many ms it hangs, on the slowest machine. @type {Record<Part, { needsEngine: boolean, needsEditor: boolean, limit: number }>} */
export const parts = {
  check: { needsEngine: false, needsEditor: false, limit: 20 * minutes },
  unit: { needsEngine: false, needsEditor: false, limit: 15 * minutes },
  engine: { needsEngine: true, needsEditor: false, limit: 40 * minutes },
  conformance: { needsEngine: true, needsEditor: false, limit: 40 * minutes },
  start: { needsEngine: true, needsEditor: true, limit: 20 * minutes },
  host: { needsEngine: true, needsEditor: true, limit: 40 * minutes },
  ui: { needsEngine: true, needsEditor: true, limit: 45 * minutes },
};

/** What a private engine and the services around it take. @type {import('./packages.mjs').Command[]} */
export const engineCommands = [
  'dockerd',
  'iptables',
  'busybox',
  'docker-registry',
  'htpasswd',
  'openssl',
  'ps',
];

/** Longest first: two of them run at a time, one for each processor. @type {Part[]} */
export const order = ['check', 'ui', 'engine', 'conformance', 'host', 'unit', 'start'];

/** @param {string} root @param {Part} part */
export function hasTests(root, part) {
  if (part === 'check' || part === 'start') return true;
  const folder = path.join(root, 'test', part);
  return (
    existsSync(folder) &&
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((file) => file.endsWith('.test.ts'))
  );
}

/** What is running now, to be stopped when the user asks. @type {Set<() => Promise<void>>} */
const running = new Set();

/** Stops every part that is running. */
export async function stopParts() {
  await Promise.all([...running].map((stop) => stop()));
}

/**
 * Runs one part to its end. It never rejects: a part that could not run is a failed one.
 * @param {string} root the checkout
 * @param {Part} part
 * @param {readonly string[]} filters parts of the names of test files
 * @returns {Promise<Results>}
 */
export async function runPart(root, part, filters) {
  const since = performance.now();
  const log = path.join(root, 'out/logs', `${part}.log`);
  mkdirSync(path.dirname(log), { recursive: true });
  rmSync(log, { force: true });
  const results =
    part === 'check'
      ? await check(root, log)
      : part === 'start'
        ? await start(root, log)
        : await tests(root, part, filters, log);
  const good = results.failed.length === 0;
  say(`  ${good ? '✓' : '✗'} ${part}: ${line(count(results))} (${elapsed(since)})`);
  return results;
}

/** The pieces of `npm run check`, but for the unit tests, which are a part of their own. @param {string} root @param {string} log @returns {Promise<Results>} */
async function check(root, log) {
  const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const pieces = [.../** @type {string} */ (scripts.check).matchAll(/npm run (\S+)/g)].map(
    (match) => match[1] ?? '',
  );
  const failed = [];
  for (const piece of pieces.filter((name) => name !== 'unit')) {
    const file = `${log}.${piece}`;
    rmSync(file, { force: true });
    const code = await finish(
      'check',
      launch('npm', ['run', '--silent', piece], { log: file, cwd: root, env: environment() }),
    );
    if (code !== 0) failed.push({ title: `npm run ${piece}`, error: tail(file, 40) });
  }
  return failed.length > 0 ? { passed: [], failed, skipped: [] } : { passed: ['check'], failed, skipped: [] };
}

/** Does `npm start` get there? @param {string} root @param {string} log @returns {Promise<Results>} */
async function start(root, log) {
  const command = [process.execPath, path.join(root, 'scripts/start.mjs'), '--check'];
  const env = environment({ DOCKER_HOST: undefined, DOCKER_CONTEXT: undefined });
  const code = await finish('start', await begin('start', command, { cwd: root, env, log }));
  return code === 0
    ? { passed: ['npm start'], failed: [], skipped: [] }
    : couldNot('npm start', tail(log, 40));
}

/** @param {string} root @param {Part} part @param {readonly string[]} filters @param {string} log @returns {Promise<Results>} */
async function tests(root, part, filters, log) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'quayside-results-'));
  const file = path.join(folder, 'results.json');
  const script = (/** @type {string} */ name) => path.join(root, name);
  const command =
    part === 'host'
      ? [script('scripts/rig/hostMain.mjs'), ...filters]
      : [
          ...[script('node_modules/vitest/vitest.mjs'), 'run', '--project', part, ...filters],
          ...['--reporter', 'verbose', '--reporter', script('scripts/rig/vitestReporter.mjs')],
        ];
  const env = environment({ QUAYSIDE_RESULTS: file });
  try {
    const code = await finish(
      part,
      await begin(part, [process.execPath, ...command], { cwd: root, env, log }),
    );
    const results = read(file);
    if (!results) return couldNot(`${part} did not run (code ${code})`, tail(log, 40));
    const ran = results.passed.length + results.failed.length + results.skipped.length;
    if (ran === 0) return couldNot(`${part} ran no test`, tail(log, 40));
    if (code !== 0 && results.failed.length === 0)
      return couldNot(`${part} ended with code ${code}`, tail(log, 40));
    return results;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In a private machine where there can be one and the part needs an engine. @param {Part} part @param {string[]} command @param {{ cwd: string, env: NodeJS.ProcessEnv, log: string }} options */
async function begin(part, command, { cwd, env, log }) {
  if (!parts[part].needsEngine || (await whyNotPrivate())) {
    return launch(command[0] ?? '', command.slice(1), { log, cwd, env });
  }
  const output = openSync(log, 'a');
  const machine = privately(command, { env, cwd, output });
  closeSync(output);
  return machine;
}

/** @param {Part} part @param {{ exited: Promise<number>, stop: () => Promise<void> }} process @returns {Promise<number>} */
async function finish(part, { exited, stop }) {
  running.add(stop);
  const timer = setTimeout(() => {
    say(`  ${part} takes longer than ${parts[part].limit / minutes} minutes and is stopped.`);
    void stop();
  }, parts[part].limit);
  const code = await exited;
  clearTimeout(timer);
  running.delete(stop);
  return code;
}

/** @param {NodeJS.ProcessEnv} [more] */
function environment(more) {
  return { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, QUAYSIDE_CACHE: cacheFolder(), ...more };
}

/** @param {string} file @returns {Results | undefined} */
function read(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}

/** @param {string} title @param {string} error @returns {Results} */
function couldNot(title, error) {
  return { passed: [], failed: [{ title, error }], skipped: [] };
}
