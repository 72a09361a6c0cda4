import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { EngineError, sentence } from '../engine/errors';
import { writeFileFrom } from '../engine/files/hostFile';
import { hostFailure } from '../engine/files/hostFailure';
import { chunks } from '../engine/streams/read';
import { roughSize } from './images/transfer';
import type { Told } from './progress';

/** Writes a stream of the engine to a file of this computer, which appears only when it is whole; answers its bytes. */
export async function saveTo(
  path: string,
  stream: Readable,
  tell: (told: Told) => void,
  signal: AbortSignal,
): Promise<number> {
  let bytes = 0;
  async function* counted(): AsyncGenerator<Buffer, undefined> {
    for await (const chunk of chunks(stream, signal)) {
      bytes += chunk.length;
      tell({ message: roughSize(bytes) });
      yield chunk;
    }
  }
  const parts = counted();
  const next = async (): Promise<Buffer | undefined> => {
    const { done, value } = await parts.next();
    return done === true ? undefined : value;
  };
  try {
    await writeFileFrom(path, next, { mode: 0o644, mtime: Math.floor(Date.now() / 1000) });
  } catch (error) {
    throw hostFailure(error, path);
  } finally {
    stream.destroy();
  }
  return bytes;
}

/** A file of this computer to send to the engine, and its bytes. */
export async function openFile(path: string): Promise<{ stream: Readable; bytes: number }> {
  try {
    const { size } = await stat(path);
    // Of nothing the engine would make an image of nothing.
    if (size === 0)
      throw new EngineError('invalid', sentence('The file "{0}" is empty. Choose another file.', path));
    const stream = createReadStream(path);
    // Whoever sends it hears of a failure by the request; until then nobody listens.
    stream.on('error', () => undefined);
    return { stream, bytes: size };
  } catch (error) {
    throw hostFailure(error, path);
  }
}
