import { EngineError, sentence } from '../errors';
import type { Archives } from './archives';
import { shown } from './hostFailure';
import { tryRun, type Runner } from './runner';

/** Rename within the container; needs it to run. A directory is never replaced. */
export async function renameInside(
  archives: Archives,
  runner: Runner,
  from: string,
  to: string,
  overwrite: boolean,
  signal?: AbortSignal,
): Promise<void> {
  await archives.stat(from, signal);
  const there = await archives.statIfThere(to, signal);
  if (there && (!overwrite || there.type === 'directory'))
    throw new EngineError(
      'conflict',
      sentence('"{0}" is already in the container. Choose another name, or remove it first.', shown(to)),
    );
  await runInside(archives.id, runner, ['mv', '-f', '--', from, to], signal);
}

/** Remove within the container; needs it to run. Without `recursive` only a file or an empty directory. */
export async function removeInside(
  archives: Archives,
  runner: Runner,
  path: string,
  recursive: boolean,
  signal?: AbortSignal,
): Promise<void> {
  if (path === '/')
    throw new EngineError(
      'invalid',
      sentence('The root of a container cannot be removed. Remove the container.'),
    );
  const { type } = await archives.stat(path, signal);
  const command = recursive ? ['rm', '-rf'] : type === 'directory' ? ['rmdir'] : ['rm', '-f'];
  await runInside(archives.id, runner, [...command, '--', path], signal);
}

async function runInside(
  id: string,
  runner: Runner,
  command: readonly string[],
  signal?: AbortSignal,
): Promise<void> {
  const ran = await tryRun(runner, id, command, {}, signal);
  if (ran.kind === 'ran' && ran.exitCode === 0) return;
  if (ran.kind === 'missing' && !ran.running)
    throw new EngineError(
      'conflict',
      sentence('Files can be renamed and removed only while the container runs. Start it first.'),
    );
  if (ran.kind === 'missing')
    throw new EngineError(
      'conflict',
      sentence('This container has no "{0}", so files in it cannot be renamed or removed.', command[0] ?? ''),
    );
  const cause = new Error(ran.stderr);
  throw new EngineError(
    /read-only|permission|not permitted/i.test(ran.stderr) ? 'denied' : 'conflict',
    sentence('The container says: {0}', shown(ran.stderr.trim())),
    { cause },
  );
}
