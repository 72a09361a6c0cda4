import { encodeHeader, END_OF_ARCHIVE } from '../streams/tar/encode';
import { paddingOf, type TarEntry } from '../streams/tar/entry';
import type { TarReader } from '../streams/tar/reader';
import type { Tally } from './tally';

/** Small pieces are sent together in ones of about this size. */
const PIECE = 64 * 1024;

/** The same archive with other names, hard links' too, counted. Entries of a type nobody knows are left out. */
export async function* retopped(
  reader: TarReader,
  rename: (name: string, entry: TarEntry) => string,
  tally: Tally,
): AsyncGenerator<Buffer, void, undefined> {
  let parts: Buffer[] = [];
  let size = 0;
  const ready = function* (part: Buffer): Generator<Buffer, void, undefined> {
    parts.push(part);
    size += part.length;
    if (size < PIECE) return;
    yield Buffer.concat(parts);
    parts = [];
    size = 0;
  };
  for await (const entry of reader) {
    if (entry.type === 'unknown') {
      tally.skip(entry.name, 'unknown');
      continue;
    }
    if (entry.type !== 'directory') tally.file();
    const linkname = entry.type === 'link' ? rename(entry.linkname, entry) : entry.linkname;
    yield* ready(encodeHeader({ ...entry, name: rename(entry.name, entry), linkname }));
    for (let part = await reader.chunk(); part; part = await reader.chunk()) {
      tally.add(part.length);
      yield* ready(part);
    }
    yield* ready(Buffer.alloc(paddingOf(entry.size)));
  }
  yield Buffer.concat([...parts, END_OF_ARCHIVE]);
}
