import {
  chmodSync,
  linkSync,
  lstatSync,
  lutimesSync,
  mkdirSync,
  readlinkSync,
  realpathSync,
  symlinkSync,
  utimesSync,
  type Stats,
} from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { EngineError, cancelled, sentence } from '../errors';
import type { TarEntry } from '../streams/tar/entry';
import { fsPath } from '../streams/tar/names';
import type { TarReader } from '../streams/tar/reader';
import { entryPath, leadsOut, nameAllowed, type EntryPath } from './entryPath';
import {
  diskTime,
  newBuffers,
  place,
  writeFileFrom,
  writeFileNow,
  type Buffers,
  type Parts,
} from './hostFile';
import { hostFailure, hostProblem, isMissing, shown } from './hostFailure';
import { renamed, type TopName } from './rename';
import type { Tally } from './tally';

/** A file up to this is written at once: to ask a thread for it takes longer than it does. */
const SMALL = 64 * 1024;

/** Bytes of the longest path, where the system does not say it before half of the directories are made. */
const LONGEST_PATH: Partial<Record<NodeJS.Platform, number>> = { linux: 4095, darwin: 1023, win32: 32_766 };

/** Directories get their mode and time last: a read-only one still takes its files, and files do not change the time. */
interface MadeDirectory {
  readonly mode: number;
  readonly mtime: number;
}

/**
 * Unpack an archive below `destination`, an existing directory, as `docker cp` does (moby `pkg/archive`, `Unpack` with
 * `NoLchown` and `NoOverwriteDirNonDir`): files belong to the user, what is there is replaced, never a directory by
 * something else. Nothing is written outside: names that lead out, and names that go through a link, end the copy.
 * On purpose unlike the CLI: devices and fifos are skipped and counted in the tally, setuid and setgid are dropped
 * from files, a file replaces another only when it is complete. Rejects with an `EngineError`.
 */
export async function extract(
  reader: TarReader,
  destination: string,
  options: {
    readonly top?: TopName | undefined;
    readonly tally: Tally;
    readonly signal?: AbortSignal | undefined;
  },
): Promise<void> {
  const extraction = new Extraction(realpath(destination), options.tally, options.top);
  try {
    for await (const entry of reader) {
      if (options.signal?.aborted === true) throw cancelled(options.signal.reason);
      await extraction.add(entry, reader);
    }
  } catch (error) {
    extraction.finishDirectories(true);
    throw error;
  }
  extraction.finishDirectories(false);
}

class Extraction {
  readonly #root: string;
  readonly #prefix: string;
  readonly #tally: Tally;
  readonly #top: TopName | undefined;
  /** By path; one that comes twice is what it was said to be last. */
  readonly #directories = new Map<string, MadeDirectory>();
  #buffers: Buffers | undefined;
  /** The directory that the last entry was in: known to be one, and not a link, in every part. */
  #parent: EntryPath = [];

  constructor(root: string, tally: Tally, top: TopName | undefined) {
    this.#root = root;
    this.#prefix = root.endsWith(sep) ? root : root + sep;
    this.#tally = tally;
    this.#top = top;
  }

  async add(entry: TarEntry, reader: TarReader): Promise<void> {
    const name = renamed(entry.name, this.#top);
    const parts = entryPath(name);
    // `.` is the destination, which stays as it is; `/` is a container's root, whose attributes it takes.
    if (parts.length === 0 && entry.type === 'directory' && !name.startsWith('/')) return;
    if (!nameAllowed(parts)) {
      this.#tally.skip(entry.name, 'name');
      return;
    }
    const path = this.#inside(parts);
    if (parts.length > 0) this.#enter(parts.slice(0, -1));
    switch (entry.type) {
      case 'directory':
        this.#directory(path, entry);
        return;
      case 'file':
        await this.#file(path, entry, reader);
        break;
      case 'link':
        this.#link(path, renamed(entry.linkname, this.#top));
        break;
      case 'symlink':
        if (!this.#symlink(path, entry)) return;
        break;
      case 'character':
      case 'block':
        this.#tally.skip(entry.name, 'device');
        return;
      case 'fifo':
      case 'unknown':
        this.#tally.skip(entry.name, entry.type);
        return;
    }
    this.#tally.file();
  }

  /** `failed`: something worse is reported already. */
  finishDirectories(failed: boolean): void {
    // Deepest first, or a parent without permission would shut the way to its children.
    for (const [path, { mode, mtime }] of [...this.#directories].reverse()) {
      try {
        chmodSync(fsPath(path), mode);
        utimesSync(fsPath(path), diskTime(mtime), diskTime(mtime));
      } catch (error) {
        if (!failed) throw hostFailure(error, path);
      }
    }
  }

  #directory(path: string, { mode, mtime }: TarEntry): void {
    const there = lstat(path);
    if (!there) mkdir(path);
    else if (!there.isDirectory())
      throw new EngineError(
        'conflict',
        sentence(
          '"{0}" is not a directory, but what is copied there is one. Remove it first, or choose another place.',
          shown(path),
        ),
      );
    this.#directories.set(path, { mode, mtime });
  }

  async #file(path: string, entry: TarEntry, reader: TarReader): Promise<void> {
    const attributes = { mode: entry.mode & 0o1777, mtime: entry.mtime };
    const body = async (): Promise<Buffer | undefined> => {
      const part = await reader.chunk();
      this.#tally.add(part?.length ?? 0);
      return part;
    };
    if (entry.size > SMALL) return writeFileFrom(path, body, attributes, (this.#buffers ??= newBuffers()));
    const data = reader.buffered();
    this.#tally.add(data?.length ?? 0);
    writeFileNow(path, data ?? (await gather(body, entry.size)), attributes);
  }

  #link(path: string, linkname: string): void {
    const parts = entryPath(linkname);
    const target = this.#inside(parts);
    this.#enter(parts.slice(0, -1), false);
    const there = lstat(target);
    if (!there) throw notHeld(path, linkname);
    place(path, (at) => {
      // Some systems would link to what a symbolic link points to, which may be anywhere.
      if (there.isSymbolicLink()) symlinkSync(readlinkSync(fsPath(target), 'buffer'), fsPath(at));
      else linkSync(fsPath(target), fsPath(at));
    });
  }

  /** False when it was skipped. */
  #symlink(path: string, { name, linkname, mtime }: TarEntry): boolean {
    const target = resolve(dirname(path), linkname);
    if (!linkname.startsWith('/') && target !== this.#root && !target.startsWith(this.#prefix))
      throw new EngineError(
        'invalid',
        sentence(
          'The link "{0}" points to "{1}", outside of what is copied, so the copy was stopped. Copy what it points to instead.',
          shown(name),
          shown(linkname),
        ),
      );
    try {
      place(path, (at) => {
        symlinkSync(fsPath(linkname), fsPath(at));
        lutimesSync(fsPath(at), mtime, mtime);
      });
    } catch (error) {
      // Windows lets only some users make links.
      if (process.platform !== 'win32') throw error;
      this.#tally.skip(name, 'link');
      return false;
    }
    return true;
  }

  /** Makes sure that every part of the way is a directory, and none a link to somewhere else. */
  #enter(parts: EntryPath, make = true): void {
    let known = 0;
    while (known < parts.length && parts[known] === this.#parent[known]) known++;
    for (let depth = known + 1; depth <= parts.length; depth++) {
      const path = this.#inside(parts.slice(0, depth));
      const there = lstat(path);
      if (there && !there.isDirectory()) throw leadsOut(parts.join('/'));
      if (there) continue;
      if (!make) return;
      mkdir(path, 0o755);
    }
    this.#parent = parts;
  }

  #inside(parts: EntryPath): string {
    const path = join(this.#root, ...parts);
    const longest = LONGEST_PATH[process.platform] ?? Infinity;
    // Counted in bytes only when it may matter.
    if (path.length * 3 > longest && Buffer.byteLength(path) > longest)
      throw hostProblem('ENAMETOOLONG', path);
    return path;
  }
}

function notHeld(path: string, linkname: string): EngineError {
  return new EngineError(
    'protocol',
    sentence('The archive links "{0}" to "{1}", which it does not hold.', shown(path), shown(linkname)),
  );
}

async function gather(body: Parts, size: number): Promise<Buffer> {
  const whole = Buffer.allocUnsafe(size);
  let used = 0;
  for (let part = await body(); part; part = await body()) used += part.copy(whole, used);
  return whole.subarray(0, used);
}

function realpath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    throw hostFailure(error, path);
  }
}

function lstat(path: string): Stats | undefined {
  try {
    return lstatSync(fsPath(path));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw hostFailure(error, path);
  }
}

function mkdir(path: string, mode = 0o700): void {
  try {
    mkdirSync(fsPath(path), mode);
  } catch (error) {
    throw hostFailure(error, path);
  }
}
