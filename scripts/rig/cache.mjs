// What is expensive to make is kept outside the checkout. Several runs may want it at once, and any may be killed.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  utimes,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { until } from './processes.mjs';

/** `QUAYSIDE_CACHE`, else a folder of the user's cache. */
export function cacheFolder() {
  const base = process.env['XDG_CACHE_HOME'] || path.join(process.env['HOME'] || os.homedir(), '.cache');
  const folder = process.env['QUAYSIDE_CACHE'] || path.join(base, 'quayside');
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** @param {string} name */
export function isCached(name) {
  return existsSync(path.join(cacheFolder(), name));
}

/**
 * The folder `name` of the cache; made by `make` if it is not there. What `make` leaves half done is never taken for the
 * whole: it works in a folder of its own that gets the name at the end.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} make
 * @returns {Promise<string>}
 */
export async function cached(name, make) {
  const folder = path.join(cacheFolder(), name);
  if (existsSync(folder)) return folder;
  return withLock(name, async () => {
    if (existsSync(folder)) return folder;
    const draft = mkdtempSync(path.join(cacheFolder(), `.${name}-`));
    try {
      await make(draft);
      renameSync(draft, folder);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
    return folder;
  });
}

/** ms between two signs of life of who holds a lock, and how old the last may be. */
const BEAT = 2000;
const ABANDONED = 30_000;

/**
 * Only one process of this machine at a time does `work` under this name. Who holds the lock says so again and again: one
 * that was killed in a machine of its own (namespaces) could not be told by its number from one that lives.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const lock = path.join(cacheFolder(), `.${name}.lock`);
  await until(`another run to finish with ${name}`, () => take(lock), { timeout: 1_200_000, every: 250 });
  // Who has lost it, after a long sleep of the machine, has nothing to say of it.
  const beat = setInterval(() => utimes(lock, new Date(), new Date(), () => undefined), BEAT);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(lock, { force: true });
  }
}

/** @param {string} lock @returns {boolean} whether it is ours now */
function take(lock) {
  try {
    writeFileSync(lock, '', { flag: 'wx' });
    return true;
  } catch {
    const last = statSync(lock, { throwIfNoEntry: false })?.mtimeMs;
    if (last !== undefined && Date.now() - last > ABANDONED) rmSync(lock, { force: true });
    return false;
  }
}
