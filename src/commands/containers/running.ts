import * as vscode from 'vscode';
import { EngineError, sentence } from '../../engine/errors';
import { withSteps } from '../report';
import type { ContainerRef } from '../ref';

/** What a command that goes into a container has to know of it. */
export interface RunningContainer {
  readonly id: string;
  readonly name: string;
  /** The user its processes run as, as `USER` of a Dockerfile says it; empty: root. */
  readonly user: string;
  readonly workdir: string;
  readonly windows: boolean;
}

/** Looks at a container; `conflict`, with a button that starts it, when it does not run. */
export async function runningContainer({ engine, id: given }: ContainerRef): Promise<RunningContainer> {
  const found = await engine.containers.inspect(given);
  const { Id, Name, Platform, State, Config } = found as {
    Id?: string;
    Name?: string;
    Platform?: string;
    State?: { Running?: boolean; Paused?: boolean };
    Config?: { User?: string; WorkingDir?: string };
  };
  const [id, name] = [Id ?? given, (Name ?? given).replace(/^\//, '')];
  if (State?.Running !== true) {
    const error = new EngineError(
      'conflict',
      sentence('The container {0} is not running. Start it first.', name),
    );
    throw withSteps(error, { title: vscode.l10n.t('Start'), run: () => engine.containers.start(id) });
  }
  if (State.Paused === true) {
    const error = new EngineError(
      'conflict',
      sentence('The container {0} is paused. Unpause it first.', name),
    );
    throw withSteps(error, { title: vscode.l10n.t('Unpause'), run: () => engine.containers.unpause(id) });
  }
  return {
    id,
    name,
    user: Config?.User ?? '',
    workdir: Config?.WorkingDir || '/',
    windows: Platform === 'windows',
  };
}
