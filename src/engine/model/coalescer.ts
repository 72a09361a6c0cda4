import type { Disposable } from '../emitter';

/** ms of quiet that end a burst. */
const QUIET = 150;

/** ms after which a burst that does not end is flushed all the same. */
const LONGEST_WAIT = 1500;

/** So many flushes at the start of a burst do not wait: one `docker run` is a few events and should be seen at once. */
const QUICK = 3;

/** ms between quick flushes. */
const QUICK_GAP = 30;

/** ms without a key after which the next is the start of something new. */
const SETTLED = 1000;

/**
 * Collects keys and hands them over in batches: the first few after a quiet time at once, the rest of a burst together.
 * Two flushes never run at the same time; keys that arrive during one wait for the next.
 */
export class Coalescer implements Disposable {
  readonly #flush: (keys: ReadonlySet<string>) => Promise<void>;
  #keys = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #held = true;
  #running = false;
  #disposed = false;
  #firstWaiting = 0;
  #lastFlush = -Infinity;
  #lastKey = -Infinity;
  #quick = QUICK;

  constructor(flush: (keys: ReadonlySet<string>) => Promise<void>) {
    this.#flush = flush;
  }

  /** Nothing is flushed before this: what arrives during the first list waits for it. */
  release(): void {
    this.#held = false;
    this.#schedule();
  }

  add(key: string): void {
    const now = performance.now();
    if (now - this.#lastKey > SETTLED) this.#quick = QUICK;
    this.#lastKey = now;
    if (this.#keys.size === 0) this.#firstWaiting = now;
    this.#keys.add(key);
    this.#schedule();
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#keys.clear();
  }

  #schedule(): void {
    if (this.#held || this.#running || this.#disposed || this.#keys.size === 0) return;
    clearTimeout(this.#timer);
    const now = performance.now();
    const longest = this.#firstWaiting + LONGEST_WAIT - now;
    const wait = this.#quick > 0 ? this.#lastFlush + QUICK_GAP - now : Math.min(QUIET, longest);
    if (wait <= 0) void this.#run();
    else this.#timer = setTimeout(() => void this.#run(), wait);
  }

  async #run(): Promise<void> {
    const keys = this.#keys;
    this.#keys = new Set();
    this.#running = true;
    this.#quick--;
    try {
      await this.#flush(keys);
    } finally {
      this.#running = false;
      this.#lastFlush = performance.now();
      this.#schedule();
    }
  }
}
