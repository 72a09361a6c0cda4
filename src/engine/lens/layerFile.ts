import type { Engine } from '../engine';
import { EngineError, sentence } from '../errors';
import { TarReader } from '../streams/tar/reader';
import { headOf, plainName, wholeBody } from './archive';
import { packingOf, unpacked } from './unpacked';

/** One file of one layer of an image. */
export interface LayerFile {
  /** Full id of the image. */
  readonly image: string;
  /** The layer's name in the archive of the image. */
  readonly blob: string;
  /** Absolute. */
  readonly path: string;
}

export interface FoundFile {
  readonly data: Buffer;
  /** ms since 1970. */
  readonly mtime: number;
  readonly mode: number;
}

/**
 * Read one file as that very layer has it, whatever other layers make of it. Rejects with `notFound` when it is not
 * there, and `invalid` when it is larger than `limit` bytes. The engine's archive is read as far as the file.
 */
export async function readLayerFile(
  engine: Engine,
  { image, blob, path }: LayerFile,
  limit: number,
  signal?: AbortSignal,
): Promise<FoundFile> {
  const stream = await engine.images.save([image], signal);
  const outer = new TarReader(stream, signal);
  try {
    for (let entry = await outer.next(); entry; entry = await outer.next()) {
      if (entry.type !== 'file' || plainName(entry.name) !== blob) continue;
      const head = await headOf(outer);
      const found = await search(
        new TarReader(unpacked(wholeBody(outer, head, {}), packingOf(head))),
        path,
        limit,
      );
      if (found) return found;
      break;
    }
  } finally {
    await outer.close();
  }
  throw new EngineError(
    'notFound',
    sentence('The layer has no file "{0}" any more. Show the layers of the image anew.', path),
  );
}

async function search(reader: TarReader, path: string, limit: number): Promise<FoundFile | undefined> {
  const wanted = plainName(path);
  try {
    for (let entry = await reader.next(); entry; entry = await reader.next()) {
      if (entry.type !== 'file' || plainName(entry.name) !== wanted) continue;
      if (entry.size > limit)
        throw new EngineError('invalid', sentence('"{0}" is too large to be opened here.', path));
      const parts: Buffer[] = [];
      for await (const part of reader.body()) parts.push(Buffer.from(part));
      return { data: Buffer.concat(parts), mtime: entry.mtime * 1000, mode: entry.mode };
    }
    return undefined;
  } finally {
    await reader.close();
  }
}
