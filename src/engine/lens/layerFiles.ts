import type { EntryType, TarEntry } from '../streams/tar/entry';

export const TYPES: readonly EntryType[] = [
  'file',
  'directory',
  'symlink',
  'link',
  'character',
  'block',
  'fifo',
  'unknown',
];
export const DIRECTORY = TYPES.indexOf('directory');

/** Row of a directory that no archive has an entry for: something below it has made it. */
export const IMPLIED = -1;

/** What one layer puts on top of those below it. Held in columns: an image may have hundreds of thousands of files. */
export class LayerFiles {
  /** By row: the number of its path. */
  readonly paths: number[] = [];
  /** Bytes of content. */
  readonly sizes: number[] = [];
  /** CRC-32 of the content: enough to see that two files of one size are not the same. */
  readonly sums: number[] = [];
  readonly modes: number[] = [];
  readonly uids: number[] = [];
  readonly gids: number[] = [];
  /** Index into `TYPES`. */
  readonly types: number[] = [];
  /** By row, where symlinks point and which path a hard link is the same file as. */
  readonly links = new Map<number, string>();
  /** Paths that are taken away, with all that is below them. */
  readonly gone = new Set<number>();
  /** Directories of which nothing from below is left. */
  readonly opaque = new Set<number>();
  /** Bytes of all files. */
  bytes = 0;
  readonly #rows = new Map<number, number>();

  add(path: number, { type, size, mode, uid, gid, linkname }: TarEntry, sum: number): void {
    const before = this.#rows.get(path);
    // Of two entries of one path the last counts, as when it is unpacked.
    const row = before ?? this.paths.length;
    if (before !== undefined) this.bytes -= this.sizes[before] ?? 0;
    this.#rows.set(path, row);
    this.paths[row] = path;
    this.sizes[row] = size;
    this.sums[row] = sum;
    this.modes[row] = mode;
    this.uids[row] = uid;
    this.gids[row] = gid;
    this.types[row] = TYPES.indexOf(type);
    this.bytes += size;
    if (linkname === '') this.links.delete(row);
    else this.links.set(row, linkname);
  }

  get count(): number {
    return this.paths.length;
  }

  rowOf(path: number): number | undefined {
    return this.#rows.get(path);
  }

  isDirectory(row: number): boolean {
    return row === IMPLIED || this.types[row] === DIRECTORY;
  }
}
