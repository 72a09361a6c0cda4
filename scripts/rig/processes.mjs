// Processes the scripts start: each is known by its id, and all are stopped at the end, however the end comes.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { Sorry } from './say.mjs';

/**
 * @typedef {object} Launched
 * @property {number} pid
 * @property {() => boolean} running
 * @property {Promise<number>} exited its exit code, 128 + the signal when one ended it
 * @property {() => Promise<void>} stop ends it and what it started, and waits for that
 * @property {() => string} log the last lines it printed
 */

/** @typedef {{ env?: NodeJS.ProcessEnv, cwd?: string }} Where */

/** @type {Set<Launched>} */
const running = new Set();

/**
 * Starts a process that stays, in a process group of its own.
 * @param {string} command
 * @param {string[]} args
 * @param {Where & { log: string, patience?: number, stopSignal?: NodeJS.Signals }} options log: the file that takes its output;
 *   patience: milliseconds between asking it to end and making it end
 * @returns {Launched}
 */
export function launch(command, args, { log, env, cwd, patience = 5000, stopSignal = 'SIGTERM' }) {
  const out = openSync(log, 'a');
  const child = spawn(command, args, {
    env: env ?? process.env,
    cwd,
    detached: true,
    stdio: ['ignore', out, out],
  });
  closeSync(out);
  let ended = false;
  const exited = new Promise((/** @type {(code: number) => void} */ resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code, signal) => resolve(code ?? (signal ? 128 + 9 : 1)));
  }).finally(() => {
    ended = true;
    running.delete(launched);
  });
  const group = (/** @type {NodeJS.Signals} */ signal) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // The group is gone already.
    }
  };
  /** @type {Launched} */
  const launched = {
    pid: child.pid ?? -1,
    running: () => !ended,
    exited,
    stop: async () => {
      group(stopSignal);
      const timer = setTimeout(() => group('SIGKILL'), patience);
      await exited;
      clearTimeout(timer);
      group('SIGKILL');
    },
    log: () => tail(log),
  };
  running.add(launched);
  return launched;
}

// The last resort, for an end that nothing could wait in.
process.once('exit', () => {
  for (const { pid } of running) {
    try {
      if (pid > 0) process.kill(-pid, 'SIGKILL');
    } catch {
      // Gone already.
    }
  }
});

/** Stops whatever `launch` started and is still there, the latest first. */
export async function stopAll() {
  for (const one of [...running].reverse()) await one.stop();
}

/** The last lines of a file. @param {string} file @param {number} [lines] */
export function tail(file, lines = 15) {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}

/**
 * Runs a process to its end and returns what it printed; rejects when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {Where & { input?: string | Buffer, log?: string }} [options]
 * @returns {Promise<string>}
 */
export function run(command, args, { env, cwd, input } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: env ?? process.env, cwd, stdio: ['pipe', 'pipe', 'pipe'] });
    /** @type {Buffer[]} */
    const out = [];
    /** @type {Buffer[]} */
    const all = [];
    child.stdout.on('data', (chunk) => {
      out.push(chunk);
      all.push(chunk);
    });
    child.stderr.on('data', (chunk) => all.push(chunk));
    child.stdin.on('error', () => undefined);
    child.stdin.end(input ?? '');
    child.once('error', (error) =>
      reject(new Sorry(`${command} could not be started: ${error.message}`, error)),
    );
    child.once('close', (code) => {
      if (code === 0) return resolve(Buffer.concat(out).toString());
      const said = Buffer.concat(all).toString().trimEnd().split('\n').slice(-15).join('\n');
      reject(new Sorry(`${[command, ...args].join(' ')} ended with code ${code}:\n${said}`));
    });
  });
}

/** @param {string} command @returns {Promise<string | undefined>} its path, when it is on PATH */
export async function which(command) {
  try {
    return (await run('sh', ['-c', 'command -v "$1"', 'sh', command])).trim() || undefined;
  } catch {
    return undefined;
  }
}

/**
 * Waits until `probe` gives a value other than undefined or false. What it throws counts as "not yet" and is the cause
 * when time is up.
 * @template T
 * @param {string} what completes "… did not happen": "the engine to answer"
 * @param {() => T | undefined | false | Promise<T | undefined | false>} probe
 * @param {{ timeout?: number, every?: number, alive?: Launched }} [options] milliseconds; alive: give up when it ends
 * @returns {Promise<T>}
 */
export async function until(what, probe, { timeout = 60_000, every = 50, alive } = {}) {
  const end = performance.now() + timeout;
  for (;;) {
    /** @type {unknown} */
    let cause;
    try {
      const value = await probe();
      if (value !== undefined && value !== false) return value;
    } catch (error) {
      cause = error;
    }
    if (alive && !alive.running())
      throw new Sorry(`Waited for ${what}, but it ended:\n${alive.log()}`, cause);
    if (performance.now() > end) {
      const said = alive?.log();
      throw new Sorry(`Waited ${timeout / 1000} s for ${what}.${said ? `\n${said}` : ''}`, cause);
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

/** A port nobody listens on at 127.0.0.1: the wanted one when it is free. @param {number} [wanted] @returns {Promise<number>} */
export async function freePort(wanted = 0) {
  const port = await new Promise((/** @type {(port: number | undefined) => void} */ resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(undefined));
    server.listen(wanted, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined));
    });
  });
  return port ?? freePort();
}
