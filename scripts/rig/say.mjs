// What the scripts print: one short line per step, with the time it took.

/** @param {number} since a `performance.now()` */
export function elapsed(since) {
  const seconds = (performance.now() - since) / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** @param {string} line */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/** A failure whose message is already a sentence with the next step: shown without a stack. */
export class Sorry extends Error {
  /** @param {string} message @param {unknown} [cause] */
  constructor(message, cause) {
    super(message, { cause });
    this.name = 'Sorry';
  }
}

/**
 * Does one step and says how long it took.
 * @template T
 * @param {string} title what it does, such as "Installing the editor"
 * @param {() => T | Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const since = performance.now();
  try {
    const result = await work();
    say(`  ✓ ${title} (${elapsed(since)})`);
    return result;
  } catch (error) {
    say(`  ✗ ${title} (${elapsed(since)})`);
    throw error;
  }
}

/** The one sentence for a failure, and its cause where that helps. @param {unknown} error */
export function explain(error) {
  if (error instanceof Sorry) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
