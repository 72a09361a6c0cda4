import type { Engine } from '../engine';
import { EngineError, sentence } from '../errors';
import { TarReader } from '../streams/tar/reader';
import { headOf, plainName, wholeBody } from './archive';
import { explained } from './explained';
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
  file: LayerFile,
  limit: number,
  signal?: AbortSignal,
): Promise<FoundFile> {
  try {
    const found = await find(engine, file, limit, signal);
    if (found) return found;
  } catch (error) {
    throw await explained(error, engine, [{ id: file.image, tags: [] }], signal);
  }
  throw new EngineError(
    'notFound',
    sentence('The layer has no file "{0}" any more. Show the layers of the image anew.', file.path),
  );
}

async function find(
  engine: Engine,
  { image, blob, path }: LayerFile,
  limit: number,
  signal?: AbortSignal,
): Promise<FoundFile | undefined> {
  const outer = new TarReader(await engine.images.save([image], signal), signal);
  try {
    for (let entry = await outer.next(); entry; entry = await outer.next()) {
      if (entry.type !== 'file' || plainName(entry.name) !== blob) continue;
      const head = await headOf(outer);
      const layer = unpacked(wholeBody(outer, head, {}), packingOf(head));
      return await search(new TarReader(layer), path, limit);
    }
    return undefined;
  } finally {
    await outer.close();
  }
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
