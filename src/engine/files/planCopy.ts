import { EngineError, sentence } from '../errors';
import { meansDirectory, splitEntry } from './cleanPath';
import { shown } from './hostFailure';

/** One end of a copy, as far as it is known before anything moves. Paths with forward slashes. */
export interface CopyEnd {
  readonly path: string;
  readonly exists: boolean;
  readonly directory: boolean;
}

/** Where the archive is unpacked, and the name its top gets; `undefined`: the one it has. */
export interface CopyPlan {
  readonly directory: string;
  readonly name: string | undefined;
}

/**
 * The table of `docker cp` (moby `pkg/archive/copy.go`, `PrepareArchiveCopy`), for either direction. `source` exists;
 * a link that is not followed counts as a file. Throws `conflict` for a directory on a file, `notFound` for a file
 * into a directory that is not there.
 */
export function planCopy(source: { path: string; directory: boolean }, destination: CopyEnd): CopyPlan {
  if (destination.exists && destination.directory) return { directory: destination.path, name: undefined };
  if (destination.exists && source.directory)
    throw new EngineError(
      'conflict',
      sentence(
        '"{0}" is a file, so the directory "{1}" cannot be copied there. Choose a directory, or a name that is free.',
        shown(destination.path),
        shown(source.path),
      ),
    );
  if (!destination.exists && !source.directory && meansDirectory(destination.path))
    throw new EngineError(
      'notFound',
      sentence(
        'There is no directory "{0}" to copy into. Create it first, or leave the slash at the end away.',
        shown(destination.path),
      ),
    );
  return splitEntry(destination.path);
}
