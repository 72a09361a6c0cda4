import { readFile } from 'node:fs/promises';
import { cancelled, EngineError, sentence } from '../errors';

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;

/** Whether there is nothing at the path. */
export const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '');

/**
 * The file's bytes; `undefined` when there is no such file. Rejects with kind `cancelled`, or with `kind` when the
 * file is there and cannot be read.
 */
export async function readIfThere(
  path: string,
  kind: 'denied' | 'tls',
  signal?: AbortSignal,
): Promise<Buffer | undefined> {
  try {
    return await readFile(path, { signal });
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    if (signal?.aborted) throw cancelled(cause);
    throw new EngineError(
      kind,
      sentence('The file {0} cannot be read ({1}). Check its permissions.', path, codeOf(cause) ?? 'unknown'),
      { cause },
    );
  }
}
