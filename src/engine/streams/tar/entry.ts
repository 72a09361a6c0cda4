/** What an entry is. `unknown` is any type this reader has no name for; its body is skipped. */
export type EntryType =
  'file' | 'directory' | 'symlink' | 'link' | 'character' | 'block' | 'fifo' | 'unknown';

/** One member of an archive. Everything in it is what the archive claims: a name may lead anywhere. */
export interface TarEntry {
  /** As stored, with forward slashes, a directory's with one at its end; bytes that are not UTF-8 as in `decodeName`. */
  readonly name: string;
  readonly type: EntryType;
  /** Bytes of content; 0 for whatever has none. */
  readonly size: number;
  /** The lower twelve bits: permissions, sticky, setgid, setuid. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970, perhaps with a fraction, perhaps negative. */
  readonly mtime: number;
  /** Where a symlink points, or the earlier entry that a hard link is the same file as; else empty. */
  readonly linkname: string;
  readonly devmajor: number;
  readonly devminor: number;
  /** Extended attributes (`SCHILY.xattr.*`), by name. */
  readonly xattrs?: ReadonlyMap<string, Buffer>;
}

/** Everything in an archive is a multiple of this. */
export const BLOCK = 512;

/** Bytes from the end of a body of `size` to the next block. */
export function paddingOf(size: number): number {
  const rest = size % BLOCK;
  return rest === 0 ? 0 : BLOCK - rest;
}
