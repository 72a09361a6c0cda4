import path from 'node:path';
import * as vscode from 'vscode';
import type { BuildOptions } from '../../engine/build/options';
import type { Built } from '../../engine/build/output';
import type { Engine } from '../../engine/engine';
import { cancelled } from '../../engine/errors';
import { parseReference } from '../../engine/run/reference';
import { buildTerminal } from '../../terminals/buildTerminal';
import { givenOr, problemOf } from '../ask';
import { hostPath } from '../containers/copying';
import type { Context, Handler } from '../deps';
import { offer } from '../report';
import { runAsked } from '../run/runAsked';
import { engineOf } from '../target';
import { openTerminal } from '../terminal';
import { chooseDockerfile } from './dockerfiles';
import { askBuild } from './form';
import { requireTrust } from './trust';
import { lastTag, rememberBuild, rememberTag } from './remembered';
import { buildQuietly, buildShown, withBuildProgress } from './shown';

/** `docker build`: as the options say, else of the Dockerfile it was called on. */
export const build: Handler<'quayside.images.build'> = async (context, options) => {
  const engine = engineOf(context, options?.engine);
  if (options === undefined && context.fromUi) return buildAsked(context, engine);
  if (options?.show === true) {
    // A link above a stage is clicked as easily as it is there.
    requireTrust();
    const dockerfile = vscode.Uri.file(
      path.resolve(hostPath(options.context), options.dockerfile ?? 'Dockerfile'),
    );
    const tag = options.tags?.[0] ?? (await askTag(context, dockerfile, options.target));
    const tags = [tag, ...(options.tags ?? []).slice(1)];
    const { id } = await inTerminal(context, engine, dockerfile, { ...options, tags });
    if (options.run === true)
      await vscode.commands.executeCommand('quayside.images.runForm', { id: tag, engine: engine.name });
    return { id };
  }
  const given = await givenOr(context, options?.context, 'context', () => Promise.resolve(undefined));
  const { id } = await buildQuietly(engine, {
    ...options,
    context: hostPath(given),
    tags: [options?.tags ?? []].flat(),
  });
  return { id };
};

/** Asks how, builds in a terminal, and offers what comes next. */
async function buildAsked(context: Context, engine: Engine): Promise<{ id: string }> {
  requireTrust();
  const dockerfile = await chooseDockerfile(context);
  const options = await askBuild(context, dockerfile);
  await rememberBuild(context.state, dockerfile, options);
  const { id } = await inTerminal(context, engine, dockerfile, options);
  return { id };
}

/** Logs of builds that are over, by Dockerfile: the next build takes their place. */
const logs = new Map<string, vscode.Terminal>();

async function inTerminal(
  context: Context,
  engine: Engine,
  dockerfile: vscode.Uri,
  options: BuildOptions,
): Promise<Built> {
  const [tag = path.basename(options.context)] = options.tags ?? [];
  await rememberTag(context.state, dockerfile, options);
  logs.get(dockerfile.fsPath)?.dispose();
  const terminal = buildTerminal(vscode.l10n.t('Build: {0}', tag));
  const opened = openTerminal(terminal.options);
  logs.set(dockerfile.fsPath, opened);
  const built = await withBuildProgress(tag, (signal, onEvent) =>
    buildShown(() => engine, dockerfile, options, { terminal, signal, onEvent }),
  );
  offer(context, 'info', vscode.l10n.t('Built {0}.', tag), [
    { title: vscode.l10n.t('Run'), run: () => runAsked(context, engine, tag) },
    { title: vscode.l10n.t('Push'), run: () => push(context, engine, tag) },
    {
      title: vscode.l10n.t('Show Layers'),
      run: () => vscode.commands.executeCommand('quayside.images.layers', { id: tag, engine: engine.name }),
    },
  ]);
  return built;
}

/** As from the menu of the image's row: a name without a registry in it is asked for one. */
async function push(context: Context, engine: Engine, tag: string): Promise<void> {
  const registries = await import('../registries');
  const called = { ...context, fromUi: true, nodes: [], files: [], onRows: false };
  await registries.push(called, { id: tag, engine: engine.name });
}

/** The tag to be given; the last one of this Dockerfile is proposed. */
async function askTag(context: Context, dockerfile: vscode.Uri, target?: string): Promise<string> {
  const proposal = lastTag(context.state, dockerfile, target);
  const colon = proposal.lastIndexOf(':');
  const tag = await vscode.window.showInputBox({
    title: vscode.l10n.t('Name and tag of the image'),
    value: proposal,
    // The name is what one would change first.
    valueSelection: [0, colon < 0 ? proposal.length : colon],
    validateInput: problemOf(parseReference),
  });
  if (tag === undefined) throw cancelled();
  return tag;
}
