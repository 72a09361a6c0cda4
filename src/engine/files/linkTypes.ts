import { posix } from 'node:path';
import type { Files } from '../files';
import { clean } from './cleanPath';
import type { ListedFile } from './listing';
import type { FileType, PathStat } from './pathStat';
import { isKind } from './archiveFailure';

interface Asked {
  readonly files: Files;
  /** Of the container. */
  readonly id: string;
}

/** Requests under way at once; the engine answers one after the other, so more would only wait there. */
const AT_ONCE = 4;

/** Different targets that are looked at; in the directories that have more of them nearly all are files. */
const MOST = 256;

/**
 * What the links of a directory lead to in the end, by the links' names; nothing for one that leads nowhere. Most links
 * of a directory lead to few places (`/bin` of busybox to one), so each place is asked for once.
 */
export async function linkTypes(
  asked: Asked,
  directory: string,
  files: readonly ListedFile[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, FileType>> {
  const byTarget = new Map<string, string[]>();
  for (const { name, type, linkTarget } of files) {
    if (type !== 'symlink') continue;
    const target = posix.resolve(directory, linkTarget);
    const known = byTarget.get(target);
    if (known) known.push(name);
    else byTarget.set(target, [name]);
  }
  const waiting = [...byTarget].slice(0, MOST);
  const found = new Map<string, FileType>();
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [target, names] = next;
      const first = clean(`${directory}/${names[0] ?? ''}`);
      const type = (await typeAt(asked, target, signal)) ?? (await typeAt(asked, first, signal));
      if (type) for (const name of names) found.set(name, type);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found;
}

/** The first guess may be wrong, as a directory on the way can be a link itself; then the engine knows better. */
async function typeAt(asked: Asked, path: string, signal?: AbortSignal): Promise<FileType | undefined> {
  const stat = await statAt(asked, path, signal);
  if (stat?.type !== 'symlink') return stat?.type;
  const end = await statAt(asked, stat.linkTarget, signal);
  return end?.type === 'symlink' ? undefined : end?.type;
}

async function statAt(
  { files, id }: Asked,
  path: string,
  signal?: AbortSignal,
): Promise<PathStat | undefined> {
  try {
    return await files.stat(id, path, signal);
  } catch (error) {
    // A dead end, a circle, or what the engine may not look at; for all else there is no sense in asking on.
    if (isKind(error, 'notFound', 'invalid', 'unknown')) return undefined;
    throw error;
  }
}
