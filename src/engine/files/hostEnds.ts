import { lstatSync, readlinkSync, realpathSync, statSync, type Stats } from 'node:fs';
import { isAbsolute, posix } from 'node:path';
import { EngineError, sentence } from '../errors';
import { decodeName, fsPath } from '../streams/tar/names';
import { base, clean, hostPath, keepEnding, splitEntry } from './cleanPath';
import { hostFailure, hostProblem, shown } from './hostFailure';
import type { CopyEnd } from './planCopy';

const MOST_LINKS = 10;

/** A file or directory of this computer that is to be copied. */
export interface HostSource {
  /** Absolute, with forward slashes, the links on the way resolved. */
  readonly path: string;
  readonly directory: boolean;
  /** The name its archive begins with; `.` for contents alone. */
  readonly name: string;
  /** Bytes of a single file. */
  readonly size: number | undefined;
}

/**
 * What `docker cp` takes from this computer for `given` (`CopyInfoSourcePath` of moby's `pkg/archive/copy.go`): links
 * before the last part are followed, the last one only with `followLink`, or with a slash behind it. Throws `notFound`.
 */
export function hostSource(given: string, followLink: boolean): HostSource {
  const wanted = hostPath(given);
  const { path, name } = followLink ? followed(wanted) : besideLinks(wanted);
  const stats = lstat(path);
  if (!stats) throw hostProblem('ENOENT', path);
  const top = name ?? splitEntry(path).name;
  return {
    path,
    directory: stats.isDirectory(),
    // The whole computer has no name; its entries begin with the slash.
    name: top === '/' ? '' : top,
    size: stats.isFile() ? stats.size : undefined,
  };
}

/**
 * Where `docker cp` puts what it copies to this computer (`CopyInfoDestinationPath`): a link at the end is followed,
 * also one that leads nowhere yet. Throws `notFound` when there is no directory for it, `invalid` for a device.
 */
export function hostDestination(given: string): CopyEnd {
  let path = hostPath(given);
  let stats = lstat(path);
  for (let hops = 0; stats?.isSymbolicLink() === true; hops++) {
    if (hops > MOST_LINKS) throw hostProblem('ELOOP', path);
    const target = toSlash(decodeName(readlinkSync(fsPath(path), 'buffer')));
    path = isAbsolute(target) ? target : clean(posix.join(splitEntry(path).directory, target));
    stats = lstat(path);
  }
  if (stats) {
    if (stats.isBlockDevice() || stats.isCharacterDevice())
      throw new EngineError(
        'invalid',
        sentence('"{0}" is a device. Choose a directory or a file to copy to.', shown(path)),
      );
    return { path, exists: true, directory: stats.isDirectory() };
  }
  const { directory } = splitEntry(path);
  if (!follow(directory).isDirectory()) throw hostProblem('ENOTDIR', directory);
  return { path, exists: false, directory: false };
}

function followed(wanted: string): { path: string; name?: string } {
  return named(wanted, keepEnding(realpath(wanted), wanted));
}

function besideLinks(wanted: string): { path: string; name?: string } {
  const end = wanted.lastIndexOf('/') + 1;
  const parent = realpath(wanted.slice(0, end));
  const path = `${parent === '/' ? '' : parent}/${wanted.slice(end)}`;
  return wanted.endsWith('/') ? named(wanted, path) : { path };
}

/** A resolved link keeps the name it was asked for by. */
function named(wanted: string, path: string): { path: string; name?: string } {
  return base(wanted) === base(path) ? { path } : { path, name: base(wanted) };
}

function realpath(path: string): string {
  try {
    // The system's own, because it minds a slash behind what is no directory.
    return toSlash(decodeName(realpathSync.native(fsPath(path), 'buffer')));
  } catch (error) {
    throw hostFailure(error, path);
  }
}

function lstat(path: string): Stats | undefined {
  try {
    return lstatSync(fsPath(path));
  } catch (error) {
    // Not so `ENOTDIR`: a file with a slash behind it is a mistake, not a free name.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw hostFailure(error, path);
  }
}

function follow(path: string): Stats {
  try {
    return statSync(fsPath(path));
  } catch (error) {
    throw hostFailure(error, path);
  }
}

function toSlash(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
