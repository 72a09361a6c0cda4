import { Readable } from 'node:stream';
import { cancelled, toEngineError, type EngineError } from '../errors';

/** An archive on its way to the engine that ends early instead of failing; `failure` then says why. */
export interface Upload {
  readonly stream: Readable;
  readonly failure: EngineError | undefined;
}

/** Somebody else's archive. When `signal` fires, the source is destroyed and the archive cut where it is. */
export class PassedOn implements Upload {
  readonly stream: Readable;
  failure: EngineError | undefined;

  constructor(source: AsyncIterable<Buffer>, signal?: AbortSignal) {
    this.stream = Readable.from(this.#pieces(source, signal), { objectMode: false });
  }

  async *#pieces(
    source: AsyncIterable<Buffer>,
    signal?: AbortSignal,
  ): AsyncGenerator<Buffer, void, undefined> {
    // A source that waits for something would not notice the signal by itself.
    const stop = (): void => {
      if (source instanceof Readable) source.destroy();
    };
    signal?.addEventListener('abort', stop, { once: true });
    try {
      for await (const piece of source) {
        yield piece;
        if (signal?.aborted === true) break;
      }
    } catch (error) {
      this.failure = toEngineError(error);
    } finally {
      signal?.removeEventListener('abort', stop);
    }
    if (signal?.aborted === true) this.failure = cancelled(signal.reason);
  }
}
