import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { sep } from 'node:path';
import type { NewEntry } from '../streams/tar/encode';
import { decodeName, fsPath } from '../streams/tar/names';
import { hostFailure, isMissing } from './hostFailure';

/**
 * What to pack: a path on this computer, and its name in the archive. `.` puts a directory's contents there under
 * names that begin with `./`, an empty name without any such beginning and without the directory itself.
 */
export interface PackSource {
  readonly path: string;
  readonly name: string;
}

/** A file, directory or link on this computer, and the entry that stands for it in an archive. */
export interface HostItem {
  readonly path: string;
  /** `undefined` for what no archive can hold: a socket. */
  readonly entry: NewEntry | undefined;
  /** What a file's content is to be, where that is not what stands at `path`. */
  readonly data?: Buffer;
}

/**
 * What becomes of a name in the archive, asked for before anything is known of it but that its directory was entered:
 * packed, and entered when it is a directory; only entered; or passed over with all that is below.
 */
export type Choose = (name: string) => 'pack' | 'enter' | 'skip';

interface Level {
  readonly path: string;
  readonly name: string;
  readonly children: readonly string[];
  at: number;
}

/** Hard links seen so far: inode to the first name; forgotten with the last link. */
type Links = Map<string, { readonly name: string; left: number }>;

/** Names that are passed over before somebody else may have a turn. */
const BREATH = 500;

/** Several trees for one archive: a hard link may lead from one to another. See `hostTree`. */
export function* hostTrees(sources: readonly PackSource[]): Generator<HostItem | undefined, void, undefined> {
  const links: Links = new Map();
  for (const source of sources) yield* hostTree(source, undefined, links);
}

/**
 * The tree at `source`, parents first, one directory's names in memory per level; of it, what `choose` wants. What
 * vanishes meanwhile is left out, as `docker cp` does. `undefined` comes when much was passed over: a moment to let
 * others work. Throws an `EngineError`.
 */
export function* hostTree(
  source: PackSource,
  choose: Choose = () => 'pack',
  links: Links = new Map(),
): Generator<HostItem | undefined, void, undefined> {
  const levels: Level[] = [];
  let passed = 0;
  let { path, name } = source;
  for (;;) {
    const choice = name === '' ? 'enter' : choose(name);
    const stats = choice === 'skip' ? undefined : lstat(path);
    if (stats && choice === 'pack') yield { path, entry: describe(path, name, stats, links) };
    else if (++passed % BREATH === 0) yield undefined;
    if (stats?.isDirectory() === true)
      levels.push({ path: path.endsWith(sep) ? path : path + sep, name, children: namesIn(path), at: 0 });
    const level = lastUnfinished(levels);
    if (!level) return;
    const child = level.children[level.at++] ?? '';
    path = level.path + child;
    name = level.name === '' ? child : `${level.name}/${child}`;
  }
}

function lastUnfinished(levels: Level[]): Level | undefined {
  for (let level = levels.at(-1); level; levels.pop(), level = levels.at(-1))
    if (level.at < level.children.length) return level;
  return undefined;
}

function describe(path: string, name: string, stats: Stats, links: Links): NewEntry | undefined {
  const common = {
    mode: hostMode(stats.mode),
    uid: stats.uid,
    gid: stats.gid,
    mtime: Math.floor(stats.mtimeMs / 1000),
  };
  if (stats.isDirectory()) return { ...common, name: `${name}/`, type: 'directory' };
  const first = stats.nlink > 1 ? linkedBefore(path, name, stats.nlink, links) : undefined;
  if (first !== undefined) return { ...common, name, type: 'link', linkname: first };
  if (stats.isFile()) return { ...common, name, type: 'file', size: stats.size };
  if (stats.isSymbolicLink()) return { ...common, name, type: 'symlink', linkname: readlink(path) };
  if (stats.isFIFO()) return { ...common, name, type: 'fifo' };
  if (stats.isSocket()) return undefined;
  const type = stats.isBlockDevice() ? 'block' : 'character';
  return { ...common, name, type, ...deviceNumbers(stats.rdev) };
}

/** The name under which the same file was packed already. Inodes can be larger than a number holds, so ask again. */
function linkedBefore(path: string, name: string, count: number, links: Links): string | undefined {
  const { dev, ino } = lstatSync(fsPath(path), { bigint: true });
  const key = `${dev}:${ino}`;
  const seen = links.get(key);
  if (!seen) {
    links.set(key, { name, left: count - 1 });
    return undefined;
  }
  if (--seen.left === 0) links.delete(key);
  return seen.name;
}

/** As the CLI sends them: Windows knows no permission bits, so everything there is executable and not group-writable. */
export function hostMode(mode: number, platform: NodeJS.Platform = process.platform): number {
  return platform === 'win32' ? (mode & 0o755) | 0o111 : mode & 0o7777;
}

/** Linux's `makedev`, taken apart; no other system's devices mean anything in a container. */
function deviceNumbers(device: number): { devmajor: number; devminor: number } {
  return { devmajor: (device >>> 8) & 0xfff, devminor: (device & 0xff) | ((device >>> 12) & ~0xff) };
}

function lstat(path: string): Stats | undefined {
  try {
    return lstatSync(fsPath(path));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw hostFailure(error, path);
  }
}

function readlink(path: string): string {
  try {
    const target = decodeName(readlinkSync(fsPath(path), 'buffer'));
    return sep === '/' ? target : target.replaceAll(sep, '/');
  } catch (error) {
    throw hostFailure(error, path);
  }
}

function namesIn(path: string): string[] {
  try {
    const names = readdirSync(fsPath(path));
    // A replacement character may stand for bytes that are not text; only then is the slower way needed.
    if (!names.some((name) => name.includes('\ufffd'))) return names;
    return readdirSync(fsPath(path), 'buffer').map(decodeName);
  } catch (error) {
    if (isMissing(error)) return [];
    throw hostFailure(error, path);
  }
}
