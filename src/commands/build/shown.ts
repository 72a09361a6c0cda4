import path from 'node:path';
import * as vscode from 'vscode';
import { BuildError } from '../../engine/build/failure';
import type { BuildOptions } from '../../engine/build/options';
import type { BuildEvent, Built, OnBuildEvent } from '../../engine/build/output';
import type { ContextSummary } from '../../engine/build/summary';
import type { Engine } from '../../engine/engine';
import { toEngineError } from '../../engine/errors';
import type { BuildTerminal } from '../../terminals/buildTerminal';
import { roughSize } from '../images/transfer';
import { withProgress, type Told } from '../progress';
import { translated, withSteps } from '../report';
import { clearProblems, showInDockerfile, tellFailure, tellWarnings } from './problems';

/** Bytes of a context above which the log says what makes it so large. */
const LARGE = 100e6;

/** The exit status of what Ctrl+C has ended. */
const INTERRUPTED = 130;

/** Who follows a build that is shown. */
interface Shown {
  readonly terminal: BuildTerminal;
  readonly signal?: AbortSignal;
  readonly onEvent?: OnBuildEvent;
}

/** One build with its log in a terminal and its problems on the lines of the Dockerfile: of commands and of tasks. */
export async function buildShown(
  engineOf: () => Engine,
  dockerfile: vscode.Uri,
  asked: BuildOptions,
  { terminal, signal, onEvent }: Shown,
): Promise<Built> {
  const options = { ...asked, dockerfile: dockerfile.fsPath };
  const either = signal ? AbortSignal.any([signal, terminal.interrupted]) : terminal.interrupted;
  try {
    const engine = engineOf();
    await vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === dockerfile.toString())?.save();
    clearProblems(dockerfile);
    tellContext(terminal, await engine.build.summary({ ...options, ignored: false }, either));
    const tell = (event: BuildEvent): unknown => {
      void onEvent?.(event);
      return terminal.show(event);
    };
    const built = await engine.build.run(options, tell, either);
    tellWarnings(dockerfile, built.warnings);
    terminal.end(summary(built, options.tags?.[0] ?? built.id), 0);
    return built;
  } catch (error) {
    const failure = toEngineError(error);
    if (failure instanceof BuildError) tellFailure(dockerfile, failure);
    terminal.end(translated(failure.sentence), failure.kind === 'cancelled' ? INTERRUPTED : 1);
    if (!(failure instanceof BuildError)) throw failure;
    throw withSteps(failure, {
      title: vscode.l10n.t('Open Dockerfile'),
      run: () => showInDockerfile(dockerfile, failure),
    });
  }
}

/** One build for code that has said everything: nothing but its progress is shown. */
export function buildQuietly(engine: Engine, options: BuildOptions): Promise<Built> {
  const name = options.tags?.[0] ?? path.basename(options.context);
  return withBuildProgress(name, (signal, onEvent) => engine.build.run(options, onEvent, signal));
}

/** A notification with a cancel button that follows the steps. */
export function withBuildProgress(
  name: string,
  work: (signal: AbortSignal, onEvent: OnBuildEvent) => Promise<Built>,
): Promise<Built> {
  return withProgress(vscode.l10n.t('Building {0}', name), (signal, tell) =>
    work(signal, (event) => {
      const told = toldOf(event);
      if (told) tell(told);
    }),
  );
}

function toldOf(event: BuildEvent): Told | undefined {
  switch (event.kind) {
    case 'context':
      return {
        message: vscode.l10n.t('{0} files sent, {1}', event.files, roughSize(event.bytes)),
      };
    case 'step': {
      const { number, total, stage, text, state } = event.step;
      if (state !== 'running') return undefined;
      const place = number === undefined || total === undefined ? '' : `${number}/${total} `;
      // With BuildKit the numbers are of one stage, and stages run side by side.
      const whole = stage === undefined && number !== undefined && total !== undefined;
      return { message: place + text, ...(whole && { fraction: (number - 1) / total }) };
    }
    case 'progress':
      return { message: event.text };
    case 'log':
    case 'warning':
      return undefined;
  }
}

function tellContext(
  terminal: BuildTerminal,
  { files, bytes, largest, largestFolders }: ContextSummary,
): void {
  terminal.say(
    files === 1
      ? vscode.l10n.t('Sending 1 file, {0}', roughSize(bytes))
      : vscode.l10n.t('Sending {0} files, {1}', files, roughSize(bytes)),
  );
  if (bytes <= LARGE) return;
  const [file] = largest;
  const [folder] = largestFolders;
  const most = folder && folder.bytes > (file?.bytes ?? 0) ? { ...folder, path: `${folder.path}/` } : file;
  terminal.say(
    vscode.l10n.t(
      'Warning: this build context is large. The largest in it is "{0}" ({1}); list in .dockerignore what the build does not need.',
      most?.path ?? '',
      roughSize(most?.bytes ?? 0),
    ),
    'warning',
  );
}

function summary({ duration, steps }: Built, tag: string): string {
  const seconds = Math.ceil(duration / 1000);
  const instructions = steps.filter(({ number }) => number !== undefined);
  const cached = instructions.filter(({ state }) => state === 'cached').length;
  return cached === 0
    ? vscode.l10n.t('Built {0} in {1} s.', tag, seconds)
    : vscode.l10n.t(
        'Built {0} in {1} s; {2} of {3} steps came from the cache.',
        tag,
        seconds,
        cached,
        instructions.length,
      );
}
