import * as vscode from 'vscode';
import { EngineError, sentence, toEngineError } from '../../engine/errors';
import { runningContainer, type RunningContainer } from '../containers/running';
import { withSteps } from '../report';
import type { FileRef } from './fileOf';

/**
 * Work that the container's own `mv` or `rm` does, as the engine has no other way: a container that does not run is
 * offered to be started, one without the program a shell beside it.
 */
export async function insideWork(
  { engine, id }: Pick<FileRef, 'engine' | 'id'>,
  tool: 'mv' | 'rm',
  work: () => Promise<void>,
): Promise<void> {
  const container = await runningContainer({ engine, id, name: id });
  try {
    await work();
  } catch (error) {
    if (toEngineError(error).kind !== 'conflict') throw error;
    // Without anything to act on it does nothing; 126 and 127 say that there is none.
    const there = await engine.exec.run(id, { command: [tool] }).then(
      ({ exitCode }) => exitCode < 126,
      () => false,
    );
    throw there ? error : missing(tool, engine.name, container);
  }
}

function missing(tool: string, engine: string, { id, name }: RunningContainer): EngineError {
  const error = new EngineError(
    'conflict',
    sentence(
      'The container {0} has no "{1}", with which files are renamed or deleted. Open a shell beside it: there its files are under /proc/1/root.',
      name,
      tool,
    ),
  );
  return withSteps(error, {
    title: vscode.l10n.t('Shell Beside It…'),
    run: () =>
      vscode.commands.executeCommand('quayside.containers.debugShell', { kind: 'container', engine, id }),
  });
}
