import { posix } from 'node:path';
import { EngineError, sentence } from '../errors';
import type { Archives } from './archives';
import { base, clean, keepEnding, splitEntry } from './cleanPath';
import { shown } from './hostFailure';
import type { CopyEnd } from './planCopy';

/** What is copied out of a container: the path to ask the engine for, and the name its archive should begin with. */
export interface ContainerSource {
  readonly path: string;
  /** What the archive begins with as it comes. */
  readonly name: string;
  /** What it was asked for as, when a followed link has another name. */
  readonly rename: string | undefined;
}

/** As `docker cp` finds it (`copyFromContainer` of docker/cli `cp.go`). */
export async function containerSource(
  archives: Archives,
  path: string,
  followLink: boolean,
  signal?: AbortSignal,
): Promise<ContainerSource> {
  const stat = followLink ? await archives.statIfThere(path, signal) : undefined;
  if (stat?.type !== 'symlink') return { path, name: splitEntry(path).name, rename: undefined };
  const target = keepEnding(absolute(stat.linkTarget, path), path);
  return {
    path: target,
    name: splitEntry(target).name,
    rename: base(path) === base(target) ? undefined : base(path),
  };
}

/** Where `docker cp` puts what it copies into a container: a link at the end is followed (`copyToContainer`). */
export async function containerDestination(
  archives: Archives,
  path: string,
  signal?: AbortSignal,
): Promise<CopyEnd> {
  let at = path;
  let stat = await archives.statIfThere(at, signal);
  if (stat?.type === 'symlink') {
    at = absolute(stat.linkTarget, path);
    stat = await archives.statIfThere(at, signal);
  }
  if (stat?.type === 'character' || stat?.type === 'block' || stat?.type === 'unknown')
    throw new EngineError(
      'invalid',
      sentence('"{0}" in the container is a device. Choose a directory or a file to copy to.', shown(at)),
    );
  return { path: at, exists: stat !== undefined, directory: stat?.type === 'directory' };
}

function absolute(target: string, link: string): string {
  return target.startsWith('/') ? target : clean(posix.join(splitEntry(link).directory, target));
}
