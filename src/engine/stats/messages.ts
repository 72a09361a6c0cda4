import type { Readable } from 'node:stream';
import { connectionFailure } from '../answers';
import { cancelled } from '../errors';
import { NdjsonParser } from '../streams/ndjson';

/** Messages that wait for a reader that is slow; then the engine has to. */
const WAITING = 4;

/**
 * The messages of a stats stream as they arrive, and `silence` once whenever none has come for `ms`. Whatever way the
 * loop over it ends, the stream is destroyed. Rejects as `chunks` of the streams does; listens to the stream itself
 * because there is one for every container that is watched, and each message woke up three iterators.
 */
export async function* statsMessages(source: Readable, ms: number, signal?: AbortSignal): AsyncGenerator {
  const parser = new NdjsonParser();
  let messages: unknown[] = [];
  const state: { silent?: boolean; ended?: boolean; closed?: boolean; failure?: unknown } = {};
  let wake: (() => void) | undefined;
  const timer = setTimeout(() => {
    state.silent = true;
    wake?.();
  }, ms);
  const abort = (): void => void source.destroy();
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  source.on('data', (chunk: Buffer) => {
    messages.push(...parser.push(chunk));
    timer.refresh();
    if (messages.length > WAITING) source.pause();
    wake?.();
  });
  source.once('end', () => (state.ended = true));
  source.once('error', (error) => (state.failure = error));
  source.once('close', () => {
    state.closed = true;
    wake?.();
  });
  try {
    for (;;) {
      if (messages.length > 0) {
        const arrived = messages;
        messages = [];
        yield* arrived;
        if (source.isPaused()) source.resume();
      } else if (state.silent === true) {
        state.silent = false;
        yield 'silence';
      } else if (state.closed === true) break;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    source.destroy();
  }
  if (state.failure !== undefined) throw connectionFailure(state.failure, 'the engine', signal);
  if (signal?.aborted === true || state.ended !== true) throw cancelled(signal?.reason);
}
