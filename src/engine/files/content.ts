import { posix } from 'node:path';
import { EngineError, sentence } from '../errors';
import type { TarEntry } from '../streams/tar/entry';
import { TarReader } from '../streams/tar/reader';
import { archiveOf } from '../streams/tar/writer';
import { isKind, isMissingContainer, noSuchFile } from './archiveFailure';
import type { Archives } from './archives';
import { clean } from './cleanPath';
import { shown } from './hostFailure';
import type { PathStat } from './pathStat';
import { tryRun, type Runner } from './runner';

/** A file of a container, or its first bytes. */
export interface Content {
  readonly data: Buffer;
  readonly stat: PathStat;
  /** The file is larger than what was asked for. */
  readonly truncated: boolean;
}

/** The content at `path`, links followed, up to `limit` bytes. */
export async function readContent(
  archives: Archives,
  path: string,
  limit: number,
  signal?: AbortSignal,
): Promise<Content> {
  const found = await openFollowing(archives, clean(`/${path}`), signal);
  try {
    if (found.entry.type !== 'file') throw noFile(path, found.entry.type === 'directory');
    const parts: Buffer[] = [];
    let left = Math.min(limit, found.entry.size);
    while (left > 0) {
      const part = await found.reader.chunk();
      if (!part) break;
      parts.push(part.subarray(0, left));
      left -= part.length;
    }
    return { data: Buffer.concat(parts), stat: found.stat, truncated: found.entry.size > limit };
  } finally {
    // An archive nobody reads on would keep the container locked.
    await found.reader.close();
  }
}

/**
 * Put `data` into the file, which stays what it was: owner, mode, extended attributes, hard links. In a running
 * container it is written in place, as a shell there would; otherwise it is replaced by one with the same header.
 * A new file belongs to the owner of its directory.
 */
export async function writeContent(
  archives: Archives,
  runner: Runner,
  path: string,
  data: Buffer,
  signal?: AbortSignal,
): Promise<void> {
  const existing = await headerOf(archives, clean(`/${path}`), signal);
  if (!existing) return create(archives, clean(`/${path}`), { type: 'file', mode: 0o644, data }, signal);
  if (existing.entry.type !== 'file') throw noFile(path, existing.entry.type === 'directory');
  if (await writeInPlace(archives.id, runner, existing.path, data, signal)) return;
  const entry = { ...existing.entry, name: posix.basename(existing.path), mtime: now(), data };
  await archives.unpack(posix.dirname(existing.path), archiveOf([entry]), {}, signal);
}

/** A new file or directory at an absolute path, of the owner of the directory it is in. */
export async function create(
  archives: Archives,
  path: string,
  what: { readonly type: 'file' | 'directory'; readonly mode: number; readonly data?: Buffer },
  signal?: AbortSignal,
): Promise<void> {
  const directory = posix.dirname(path);
  const parent = await headerOf(archives, directory, signal);
  if (!parent) throw noSuchFile(directory);
  if (parent.entry.type !== 'directory') throw noFile(directory, false);
  const { uid, gid } = parent.entry;
  const name = posix.basename(path) + (what.type === 'directory' ? '/' : '');
  await archives.unpack(parent.path, archiveOf([{ ...what, name, uid, gid, mtime: now() }]), {}, signal);
}

async function writeInPlace(
  id: string,
  runner: Runner,
  path: string,
  data: Buffer,
  signal?: AbortSignal,
): Promise<boolean> {
  const ran = await tryRun(runner, id, ['sh', '-c', 'cat >"$1"', 'sh', path], { stdin: data }, signal);
  if (ran.kind === 'missing') return false;
  if (ran.exitCode === 0) return true;
  throw new EngineError(
    'denied',
    sentence('"{0}" could not be written in the container: {1}', shown(path), shown(ran.stderr.trim())),
    { cause: new Error(ran.stderr) },
  );
}

/** The first header of the path's archive, a link at its end followed; nothing of the content is read. */
async function headerOf(
  archives: Archives,
  path: string,
  signal?: AbortSignal,
): Promise<{ path: string; entry: TarEntry } | undefined> {
  try {
    const found = await openFollowing(archives, path, signal);
    await found.reader.close();
    return { path: found.path, entry: found.entry };
  } catch (error) {
    if (isKind(error, 'notFound') && !isMissingContainer(error)) return undefined;
    throw error;
  }
}

async function openFollowing(
  archives: Archives,
  path: string,
  signal?: AbortSignal,
): Promise<{ path: string; stat: PathStat; entry: TarEntry; reader: TarReader }> {
  const { stat, body } = await archives.open(path, signal);
  const reader = new TarReader(body, signal);
  if (stat.type === 'symlink') {
    await reader.close();
    // The engine has resolved it to the end, so a second one is a circle or leads nowhere.
    const next = await archives.open(stat.linkTarget, signal);
    const target = new TarReader(next.body, signal);
    return { path: stat.linkTarget, stat: next.stat, entry: await first(target, path), reader: target };
  }
  return { path, stat, entry: await first(reader, path), reader };
}

async function first(reader: TarReader, path: string): Promise<TarEntry> {
  const entry = await reader.next();
  if (!entry) throw noSuchFile(path);
  return entry;
}

function noFile(path: string, directory: boolean): EngineError {
  return new EngineError(
    'invalid',
    directory
      ? sentence('"{0}" in the container is a directory, not a file.', shown(path))
      : sentence(
          '"{0}" in the container is not a usual file, so it cannot be opened or written here.',
          shown(path),
        ),
  );
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
