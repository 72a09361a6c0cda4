import { encodeHeader, END_OF_ARCHIVE, type NewEntry } from './encode';
import { paddingOf } from './entry';

/** A small archive made in memory. */
export function archiveOf(entries: readonly (NewEntry & { readonly data?: Buffer })[]): Buffer {
  const parts: Buffer[] = [];
  for (const { data, ...entry } of entries) {
    const size = data?.length ?? 0;
    parts.push(encodeHeader({ ...entry, size }));
    if (data) parts.push(data, Buffer.alloc(paddingOf(size)));
  }
  return Buffer.concat([...parts, END_OF_ARCHIVE]);
}
