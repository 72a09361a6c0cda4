import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { EngineError, sentence } from '../errors';
import { entryPath } from '../files/entryPath';
import { hostFailure, shown } from '../files/hostFailure';
import { TarReader } from '../streams/tar/reader';

/** How archives begin that the reader has no words for. */
const COMPRESSED: readonly (readonly [string, readonly number[]])[] = [
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58]],
  ['zstd', [0x28, 0xb5, 0x2f, 0xfd]],
];

/** A tar file of this computer, plain or gzip. Who stops early closes the reader. */
export async function openArchive(path: string, signal?: AbortSignal): Promise<TarReader> {
  const start = await beginning(path);
  const known = COMPRESSED.find(([, magic]) => magic.every((byte, index) => start[index] === byte));
  if (known)
    throw new EngineError(
      'invalid',
      sentence('"{0}" is compressed with {1}. Decompress it first, or use gzip.', shown(path), known[0]),
    );
  const gzip = start[0] === 0x1f && start[1] === 0x8b;
  return new TarReader(pieces(path, gzip, signal), signal);
}

async function* pieces(path: string, gzip: boolean, signal?: AbortSignal): AsyncGenerator<Buffer> {
  const file = createReadStream(path, { highWaterMark: 256 * 1024, signal });
  // A failure comes to whoever reads; nobody else waits for the end.
  const stream: Readable = gzip ? pipeline(file, createGunzip(), () => undefined) : file;
  try {
    for await (const piece of stream) yield piece as Buffer;
  } catch (error) {
    if (signal?.aborted === true) throw error;
    throw String((error as NodeJS.ErrnoException).code).startsWith('Z_')
      ? notAnArchive(path, error)
      : hostFailure(error, path);
  } finally {
    stream.destroy();
    file.destroy();
  }
}

/**
 * Read it to its end: whether it is an archive, whole, and leads nowhere outside. Answers the bytes of content in it.
 * Nothing has been written anywhere then.
 */
export async function checkArchive(path: string, signal?: AbortSignal): Promise<number> {
  let entries = 0;
  let bytes = 0;
  try {
    for await (const entry of await openArchive(path, signal)) {
      entryPath(entry.name, 'linux');
      if (entry.type === 'link') entryPath(entry.linkname, 'linux');
      entries++;
      bytes += entry.size;
    }
  } catch (error) {
    throw error instanceof EngineError && error.kind === 'protocol' ? notAnArchive(path, error) : error;
  }
  if (entries === 0) throw notAnArchive(path);
  return bytes;
}

function notAnArchive(path: string, cause?: unknown): EngineError {
  return new EngineError(
    'invalid',
    sentence(
      '"{0}" is no tar archive, or not a whole one. Nothing was changed. Choose another file.',
      shown(path),
    ),
    { cause },
  );
}

async function beginning(path: string): Promise<Buffer> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw hostFailure(error, path);
  }
}
