import { BLOCK, type TarEntry } from '../streams/tar/entry';
import { TarReader } from '../streams/tar/reader';
import { entryPath } from './entryPath';
import type { ListedFile } from './listing';

/** What is in a directory, as far as it was looked at. */
export interface Listing {
  readonly files: readonly ListedFile[];
  /** There may be more: the limit came first. */
  readonly truncated: boolean;
}

/** How much of an archive is read for a listing: bytes of all of it, and names. */
export interface ListLimit {
  readonly bytes: number;
  readonly names: number;
}

/**
 * The directories in an archive of one, by their path below it (empty for itself). The engine sends everything below,
 * so what a limit cuts off is said of each directory. The source is read to its end or destroyed.
 */
export async function readTree(
  source: AsyncIterable<Buffer>,
  limit: ListLimit,
  signal?: AbortSignal,
): Promise<Map<string, Listing>> {
  const tree = new Map<string, ListedFile[]>();
  const reader = new TarReader(source, signal);
  let bytes = 0;
  let names = 0;
  /** Where the archive was when it was given up: the directories on this way are not complete. */
  let open: string | undefined;
  for await (const entry of reader) {
    const parts = belowTop(entry.name);
    const name = parts.at(-1);
    const parent = parts.slice(0, -1).join('/');
    if (entry.type === 'directory') tree.set(parts.join('/'), []);
    if (name !== undefined) tree.get(parent)?.push(listed(name, entry));
    bytes += BLOCK + entry.size;
    names++;
    if (bytes <= limit.bytes && names < limit.names) continue;
    open = entry.type === 'directory' ? parts.join('/') : parent;
    break;
  }
  const listings = new Map<string, Listing>();
  for (const [directory, files] of tree)
    listings.set(directory, { files, truncated: open !== undefined && holds(directory, open) });
  return listings;
}

/** Names begin with the directory's own, but for the root's, which begin with a slash. */
function belowTop(name: string): readonly string[] {
  return entryPath(name).slice(name.startsWith('/') ? 0 : 1);
}

function holds(directory: string, path: string): boolean {
  return directory === '' || path === directory || path.startsWith(`${directory}/`);
}

function listed(name: string, { type, size, mode, uid, gid, mtime, linkname }: TarEntry): ListedFile {
  return {
    name,
    // A hard link is a file like any other; its size stands with the first of its names.
    type: type === 'link' ? 'file' : type,
    size,
    mode,
    uid,
    gid,
    mtime: mtime * 1000,
    linkTarget: type === 'symlink' ? linkname : '',
  };
}
