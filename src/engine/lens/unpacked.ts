import type { Transform } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { EngineError, sentence } from '../errors';
import { Pieces } from '../streams/tar/pieces';

/** What the bytes of a blob are. */
export type Packing = 'tar' | 'gzip' | 'zstd' | 'json' | 'unknown';

/** Bytes that are enough to tell. */
export const TELLING = 512;

/** Told by the first bytes, for media types are only known once all blobs have passed. */
export function packingOf(head: Buffer): Packing {
  if (head.length === 0) return 'unknown';
  if (head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  if (head.length >= 4 && head.readUInt32LE(0) === 0xfd2fb528) return 'zstd';
  if (head.toString('latin1', 257, 262) === 'ustar') return 'tar';
  if (/^\s*[[{]/.test(head.toString('latin1', 0, 16))) return 'json';
  // Two blocks of zeros are a layer without files; headers from before POSIX have only numbers to tell them by.
  const old = /^[ 0-7]+[ \0]/.test(head.toString('latin1', 100, 108));
  return head.length === TELLING && (old || head.every((byte) => byte === 0)) ? 'tar' : 'unknown';
}

/**
 * The source's bytes, unpacked. What the source rejects with is passed on as it is; damage to the packing rejects with
 * `protocol`. Whoever stops early calls `return`; the source then has nobody reading it any more.
 */
export async function* unpacked(
  source: AsyncIterable<Buffer>,
  packing: Packing,
): AsyncGenerator<Buffer, void, undefined> {
  if (packing === 'tar') {
    yield* source;
    return;
  }
  const { stream, step } =
    packing === 'gzip' ? { stream: createGunzip(), step: Infinity } : (await import('./zstd')).createUnzstd();
  let failure: Error | undefined;
  const feeding = feed(source, stream, step).catch((error: unknown) => {
    failure = error as Error;
    stream.destroy();
  });
  try {
    const pieces = new Pieces(stream);
    for (let next = await pieces.next(); next.done !== true; next = await pieces.next()) yield next.value;
  } catch (cause) {
    stream.destroy();
    await feeding;
    throw failure ?? corrupt(cause);
  } finally {
    stream.destroy();
    await feeding;
  }
}

async function feed(source: AsyncIterable<Buffer>, stream: Transform, step: number): Promise<void> {
  for await (const piece of source) {
    for (let at = 0; at < piece.length; at += step) {
      if (stream.destroyed) return;
      if (!stream.write(piece.subarray(at, at + step))) await roomIn(stream);
    }
  }
  if (!stream.destroyed) stream.end();
}

function roomIn(stream: Transform): Promise<void> {
  return new Promise((resolve) => {
    const go = (): void => {
      stream.off('drain', go).off('close', go);
      resolve();
    };
    stream.on('drain', go).on('close', go);
    if (stream.destroyed) go();
  });
}

function corrupt(cause: unknown): EngineError {
  return new EngineError(
    'protocol',
    sentence('Its compressed data is damaged. Pull or build the image again.'),
    { cause },
  );
}
