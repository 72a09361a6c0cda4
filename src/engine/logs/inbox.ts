import { cancelled, toEngineError, type EngineError } from '../errors';

/** Events that nobody has taken; more than these are of runs that nobody can follow any more. */
const LONGEST = 1000;

/** The values of an iterable as they come, to be looked at, taken, or waited for with a time limit. */
export class Inbox<T> {
  readonly #signal: AbortSignal;
  readonly #values: T[] = [];
  #ended = false;
  #failure: EngineError | undefined;
  #wake: (() => void) | undefined;
  readonly #iterator: AsyncIterator<T>;

  constructor(source: AsyncIterable<T>, signal: AbortSignal) {
    this.#signal = signal;
    this.#iterator = source[Symbol.asyncIterator]();
    void this.#pump();
  }

  /** The oldest that is there. */
  get first(): T | undefined {
    return this.#values[0];
  }

  shift(): T | undefined {
    return this.#values.shift();
  }

  /** Wait until there is one, at most `ms`; `end` when there will be none. Rejects with kind `cancelled`. */
  async arrival(ms?: number): Promise<'some' | 'none' | 'end'> {
    const until = ms === undefined ? Infinity : performance.now() + ms;
    for (;;) {
      if (this.#signal.aborted) throw cancelled();
      if (this.#values.length > 0) return 'some';
      if (this.#failure) throw this.#failure;
      if (this.#ended) return 'end';
      const left = until - performance.now();
      if (left <= 0) return 'none';
      await this.#change(left);
    }
  }

  /** Wait until one that `wanted` accepts is there, at most `ms`; it is taken, the others stay. */
  async within(ms: number, wanted: (value: T) => boolean): Promise<void> {
    const until = performance.now() + ms;
    for (;;) {
      if (this.#signal.aborted) throw cancelled();
      const at = this.#values.findIndex(wanted);
      if (at !== -1) this.#values.splice(at, 1);
      const left = until - performance.now();
      if (at !== -1 || left <= 0) return;
      await this.#change(left);
    }
  }

  dispose(): void {
    this.#ended = true;
    this.#wake?.();
    // It may be waiting for a value itself, so its end is not waited for; its errors have nobody to go to any more.
    this.#iterator.return?.().then(undefined, () => undefined);
  }

  async #pump(): Promise<void> {
    try {
      for (;;) {
        const next = await this.#iterator.next();
        if (next.done === true || this.#ended) break;
        this.#values.push(next.value);
        if (this.#values.length > LONGEST) this.#values.shift();
        this.#wake?.();
      }
    } catch (error) {
      this.#failure = toEngineError(error);
    }
    this.#ended = true;
    this.#wake?.();
  }

  /** Something has come, has ended, was aborted, or `ms` are over. */
  #change(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#signal.removeEventListener('abort', done);
        this.#wake = undefined;
        resolve();
      };
      const timer = ms === Infinity ? undefined : setTimeout(done, ms);
      this.#wake = done;
      this.#signal.addEventListener('abort', done, { once: true });
    });
  }
}
