import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { EngineError, sentence } from '../../engine/errors';
import { execTerminal } from '../../terminals/execTerminal';
import type { Context, Handler } from '../deps';
import { answerEach } from '../each';
import { isRunning } from '../listing';
import type { ContainerRef } from '../ref';
import { withSteps } from '../report';
import { containersOf } from '../target';
import { openTerminal } from '../terminal';
import { runningContainer, type RunningContainer } from './running';
import { askShell } from './askShell';
import { shellsOf } from './shellsOf';

interface Options {
  readonly shell?: string;
  readonly user?: string;
  readonly workdir?: string;
}

/** A shell in a running container, in an integrated terminal, which is the answer. */
export const shell: Handler<'quayside.containers.shell'> = async (context, target, options = {}) => {
  const refs = await containersOf(context, target, {
    title: vscode.l10n.t('Open a shell in which containers?'),
    none: vscode.l10n.t('No container is running.'),
    eligible: isRunning,
  });
  return answerEach(target, refs, async (ref) => openTerminal(await shellTerminal(ref, options)));
};

/** The same, with questions for the shell, the user and the folder. */
export const shellAs: Handler<'quayside.containers.shellAs'> = async (context, target) => {
  const [ref] = await containersOf(context, target, {
    title: vscode.l10n.t('Open a shell in which container?'),
    none: vscode.l10n.t('No container is running.'),
    eligible: isRunning,
    single: true,
  });
  return ref && openTerminal(await shellTerminal(ref, await askShell(ref)));
};

/** For the terminal profile, which is asked for by its own menu. */
export async function shellProfile(context: Context): Promise<vscode.TerminalProfile | undefined> {
  const [ref] = await containersOf(context, undefined, {
    title: vscode.l10n.t('Open a shell in which container?'),
    none: vscode.l10n.t('No container is running.'),
    eligible: isRunning,
    single: true,
  });
  return ref && new vscode.TerminalProfile(await shellTerminal(ref, {}));
}

async function shellTerminal(ref: ContainerRef, { shell: wanted, user, workdir }: Options) {
  const container = await runningContainer(ref);
  const command = [wanted ?? (await chooseShell(ref, container, user ?? container.user))];
  return execTerminal(ref.engine, container, {
    command,
    ...(user === undefined ? {} : { user }),
    ...(workdir === undefined ? {} : { workdir }),
  });
}

/** The best shell the container has. */
async function chooseShell(ref: ContainerRef, container: RunningContainer, user: string): Promise<string> {
  const { engine } = ref;
  const { id, name } = container;
  if (container.windows) return windowsShell(engine, id);
  const [first] = await shellsOf(engine, id, user);
  if (first !== undefined) return first;
  const error = new EngineError(
    'notFound',
    sentence(
      'The container {0} has no shell: its image holds a program alone. Open a shell beside it, or look at its files or logs.',
      name,
    ),
  );
  const beside = () =>
    vscode.commands.executeCommand('quayside.containers.debugShell', {
      kind: 'container',
      engine: engine.name,
      id,
    });
  throw withSteps(error, { title: vscode.l10n.t('Shell Beside It…'), run: beside });
}

/** Where there is no PowerShell the command line is all there is, and it is always there. */
async function windowsShell(engine: Engine, id: string): Promise<string> {
  for (const candidate of ['pwsh.exe', 'powershell.exe']) {
    const { exitCode } = await engine.exec.run(id, { command: ['cmd.exe', '/c', 'where', candidate] });
    if (exitCode === 0) return candidate;
  }
  return 'cmd.exe';
}
