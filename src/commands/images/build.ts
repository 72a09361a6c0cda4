import path from 'node:path';
import * as vscode from 'vscode';
import { BuildError } from '../../engine/build/failure';
import type { BuildOptions } from '../../engine/build/options';
import type { BuildEvent, Built } from '../../engine/build/output';
import type { Engine } from '../../engine/engine';
import { toEngineError } from '../../engine/errors';
import { parseReference } from '../../engine/run/reference';
import { STATE_KEYS } from '../../ids';
import { buildTerminal } from '../../terminals/buildTerminal';
import { givenOr, problemOf } from '../ask';
import { hostPath } from '../containers/copying';
import type { Context, Handler } from '../deps';
import { withProgress, type Told } from '../progress';
import { offer, translated, withSteps } from '../report';
import { runAsked } from '../run/runAsked';
import { engineOf } from '../target';
import { openTerminal } from '../terminal';
import { chooseDockerfile } from './dockerfiles';
import { clearProblems, showInDockerfile, tellFailure, tellWarnings } from './problems';
import { proposedTag } from './proposedTag';
import { roughSize } from './transfer';

/** `docker build`: as the options say, else of the Dockerfile it was called on. */
export const build: Handler<'quayside.images.build'> = async (context, options) => {
  const engine = engineOf(context, options?.engine);
  if (options === undefined && context.fromUi) return buildAsked(context, engine);
  if (options?.show === true) {
    const built = await buildAsked({ ...context, fromUi: true }, engine, options);
    if (options.run === true)
      await vscode.commands.executeCommand('quayside.images.runForm', { id: built.tag, engine: engine.name });
    return { id: built.id };
  }
  const given = await givenOr(context, options?.context, 'context', () => Promise.resolve(undefined));
  const { id } = await buildImage(engine, {
    ...options,
    context: hostPath(given),
    tags: [options?.tags ?? []].flat(),
  });
  return { id };
};

/** Logs of builds that are over, by Dockerfile: the next build takes their place. */
const logs = new Map<string, vscode.Terminal>();

/** Asks for what is missing, shows the log, and offers to run the image. */
async function buildAsked(
  context: Context,
  engine: Engine,
  given?: BuildOptions,
): Promise<{ id: string; tag: string }> {
  const dockerfile =
    given === undefined ? await chooseDockerfile(context) : vscode.Uri.file(hostPath(dockerfileOf(given)));
  const tag = given?.tags?.[0] ?? (await askTag(context, dockerfile, given?.target));
  await context.state.update(STATE_KEYS.buildTags, {
    ...knownTags(context),
    [tagKey(dockerfile, given?.target)]: tag,
  });
  await vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === dockerfile.toString())?.save();
  clearProblems(dockerfile);
  const options = {
    context: path.dirname(dockerfile.fsPath),
    ...given,
    dockerfile: dockerfile.fsPath,
    tags: [tag],
  };
  logs.get(dockerfile.fsPath)?.dispose();
  const terminal = buildTerminal(vscode.l10n.t('Build: {0}', tag));
  const opened = openTerminal(terminal.options);
  try {
    const built = await buildImage(engine, options, (event) => terminal.show(event), terminal.interrupted);
    terminal.end(vscode.l10n.t('Built {0} in {1} s.', tag, Math.ceil(built.duration / 1000)));
    tellWarnings(dockerfile, built.warnings);
    offer(context, 'info', vscode.l10n.t('Built {0}.', tag), [
      { title: vscode.l10n.t('Run'), run: () => runAsked(context, engine, tag) },
    ]);
    return { id: built.id, tag };
  } catch (error) {
    const failure = toEngineError(error);
    terminal.end(translated(failure.sentence));
    if (!(failure instanceof BuildError)) throw failure;
    tellFailure(dockerfile, failure);
    throw withSteps(failure, {
      title: vscode.l10n.t('Open Dockerfile'),
      run: () => showInDockerfile(dockerfile, failure),
    });
  } finally {
    logs.set(dockerfile.fsPath, opened);
  }
}

const dockerfileOf = ({ context, dockerfile = 'Dockerfile' }: BuildOptions): string =>
  path.resolve(context, dockerfile);

/** One build under one progress with a cancel button. `interrupted` cancels it too. */
function buildImage(
  engine: Engine,
  options: BuildOptions,
  show: (event: BuildEvent) => unknown = () => undefined,
  interrupted?: AbortSignal,
): Promise<Built> {
  const name = options.tags?.[0] ?? path.basename(options.context);
  return withProgress(vscode.l10n.t('Building {0}', name), (signal, tell) => {
    const either = interrupted ? AbortSignal.any([signal, interrupted]) : signal;
    const onEvent = (event: BuildEvent): unknown => {
      const told = toldOf(event);
      if (told) tell(told);
      return show(event);
    };
    return engine.build.run(options, onEvent, either);
  });
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

const knownTags = ({ state }: Context): Readonly<Record<string, string>> =>
  state.get<Readonly<Record<string, string>>>(STATE_KEYS.buildTags, {});

/** A stage on the way has a tag of its own. */
const tagKey = (dockerfile: vscode.Uri, target?: string): string =>
  (target === undefined ? dockerfile : dockerfile.with({ fragment: target })).toString();

/** The tag to be given; the last one of this Dockerfile is proposed. */
async function askTag(context: Context, dockerfile: vscode.Uri, target?: string): Promise<string> {
  const name = path.basename(path.dirname(dockerfile.fsPath));
  const proposal =
    knownTags(context)[tagKey(dockerfile, target)] ??
    proposedTag(target === undefined ? name : `${name}-${target}`);
  const colon = proposal.lastIndexOf(':');
  return givenOr(context, undefined, 'tags', () =>
    vscode.window.showInputBox({
      title: vscode.l10n.t('Name and tag of the image'),
      value: proposal,
      // The name is what one would change first.
      valueSelection: [0, colon < 0 ? proposal.length : colon],
      validateInput: problemOf(parseReference),
    }),
  );
}
