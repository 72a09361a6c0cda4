import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { EngineError, sentence } from '../../engine/errors';
import { execTerminal } from '../../terminals/execTerminal';
import type { Context, Handler } from '../deps';
import { answerEach } from '../each';
import { isRunning } from '../listing';
import type { ContainerRef } from '../ref';
import { containersOf } from '../target';
import { openTerminal } from '../terminal';
import { runningContainer, type RunningContainer } from './running';
import { parsePasswd, shellCandidates } from './shells';

interface Options {
  readonly shell?: string;
  readonly user?: string;
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

async function shellTerminal(ref: ContainerRef, { shell: wanted, user }: Options) {
  const container = await runningContainer(ref);
  const command = [wanted ?? (await chooseShell(ref.engine, container, user ?? container.user))];
  return execTerminal(ref.engine, container, { command, ...(user === undefined ? {} : { user }) });
}

/** The best shell the container has. Its files tell: a command that could ask would need a shell itself. */
async function chooseShell(engine: Engine, container: RunningContainer, user: string): Promise<string> {
  const { id, name } = container;
  if (container.windows) return windowsShell(engine, id);
  const passwd = await engine.files.read(id, '/etc/passwd').catch(() => undefined);
  for (const path of shellCandidates(parsePasswd(passwd?.data.toString('utf8') ?? ''), user)) {
    if (await isThere(engine, id, path)) return path;
  }
  throw new EngineError(
    'notFound',
    sentence(
      'The container {0} has no shell: its image holds a program alone. Look at its files or logs instead, or build on an image with a shell.',
      name,
    ),
  );
}

async function isThere(engine: Engine, id: string, path: string): Promise<boolean> {
  try {
    await engine.files.stat(id, path);
    return true;
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'notFound') return false;
    throw error;
  }
}

/** Where there is no PowerShell the command line is all there is, and it is always there. */
async function windowsShell(engine: Engine, id: string): Promise<string> {
  for (const candidate of ['pwsh.exe', 'powershell.exe']) {
    const { exitCode } = await engine.exec.run(id, { command: ['cmd.exe', '/c', 'where', candidate] });
    if (exitCode === 0) return candidate;
  }
  return 'cmd.exe';
}
