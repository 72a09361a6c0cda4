import type { Readable } from 'node:stream';
import { connectionFailure } from '../answers';
import { cancelled } from '../errors';

/**
 * The chunks of an engine's stream. Whatever way the loop over it ends, the stream is destroyed: one that is left
 * unread keeps the container locked. The next chunk is only asked for when the loop wants it, so back-pressure
 * reaches the engine. Rejects with kind `cancelled` once the signal has fired or somebody here has destroyed the stream,
 * else `unreachable`.
 */
export async function* chunks(source: Readable, signal?: AbortSignal): AsyncGenerator<Buffer> {
  // An abort destroys the stream without an error, which an iterator cannot tell from its end on every version of Node.
  const abort = (): void => void source.destroy();
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) yield chunk;
  } catch (error) {
    // A connection that is lost ends in an error of its own.
    if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') throw cancelled(error);
    throw connectionFailure(error, 'the engine', signal);
  } finally {
    signal?.removeEventListener('abort', abort);
    source.destroy();
  }
  if (signal?.aborted === true) throw cancelled();
}
