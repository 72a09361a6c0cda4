/** An iterable whose values the test gives, one by one. */
export class Channel<T> implements AsyncIterable<T> {
  readonly #values: T[] = [];
  #waiting: (() => void) | undefined;
  #ended = false;
  #failure: Error | undefined;
  /** How many values have been asked for. */
  asked = 0;
  /** Whether the reader has left. */
  left = false;

  constructor(...values: T[]) {
    this.#values.push(...values);
  }

  send(...values: T[]): this {
    this.#values.push(...values);
    this.#waiting?.();
    return this;
  }

  end(): this {
    this.#ended = true;
    this.#waiting?.();
    return this;
  }

  fail(error: Error): this {
    this.#failure = error;
    this.#waiting?.();
    return this;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    try {
      for (;;) {
        this.asked++;
        while (this.#values.length === 0) {
          if (this.#failure) throw this.#failure;
          if (this.#ended) return;
          await new Promise<void>((resolve) => (this.#waiting = resolve));
        }
        yield this.#values.shift() as T;
      }
    } finally {
      this.left = true;
    }
  }
}
