import path from 'node:path';
import * as vscode from 'vscode';
import type { BuildOptions } from '../../engine/build/options';
import type { Engine } from '../../engine/engine';
import { cancelled, EngineError, sentence } from '../../engine/errors';
import { knownTag } from '../build/remembered';
import { hostPath } from '../containers/copying';
import type { Context, Handler } from '../deps';
import { engineOf } from '../target';
import { runSpec } from './runSpec';

type Options = BuildOptions & { readonly engine?: string; readonly show?: boolean };

/** bash where there is one, for what was written with it in mind; else what every image with a shell has. */
const SHELL = 'command -v bash >/dev/null 2>&1 && exec bash; exec sh';

/**
 * A shell in a container of what a Dockerfile makes up to a stage, which is built first; the container goes when the shell
 * ends. `show`: the build with its log, and a question when there is an image of an earlier one.
 */
export const stageShell: Handler<'quayside.images.stageShell'> = async (context, given) => {
  const options: Options = given ?? { ...activeDockerfile(), show: true };
  const engine = engineOf(context, options.engine);
  const image =
    options.show === true ? await imageAsked(context, engine, options) : await built(engine, options);
  const inspected = await engine.images.inspect(image);
  const windows = inspected['Os'] === 'windows';
  return runSpec(context, engine, {
    image,
    interactive: true,
    tty: true,
    remove: true,
    entrypoint: [windows ? 'cmd' : 'sh'],
    command: windows ? [] : ['-c', SHELL],
  });
};

function activeDockerfile(): { context: string; dockerfile: string } {
  const { document } = vscode.window.activeTextEditor ?? {};
  if (document?.languageId !== 'dockerfile' || document.uri.scheme !== 'file')
    throw new EngineError('invalid', sentence('Open a Dockerfile first: the shell is of what it builds.'));
  return { context: path.dirname(document.uri.fsPath), dockerfile: document.uri.fsPath };
}

async function built(engine: Engine, options: Options): Promise<string> {
  const { id } = await vscode.commands.executeCommand<{ id: string }>('quayside.images.build', {
    ...options,
    engine: engine.name,
  });
  return id;
}

/** The image of the last build of this stage, or one that is built now. */
async function imageAsked({ state }: Context, engine: Engine, options: Options): Promise<string> {
  const file = path.resolve(hostPath(options.context), options.dockerfile ?? 'Dockerfile');
  const tag = knownTag(state, vscode.Uri.file(file), options.target);
  const there = tag !== undefined && (await engine.images.inspect(tag).catch(() => undefined)) !== undefined;
  if (!there) return built(engine, options);
  const build = {
    label: vscode.l10n.t('Build first'),
    detail: vscode.l10n.t('What has not changed comes from the cache.'),
  };
  const last = {
    label: vscode.l10n.t('Use {0}', tag),
    detail: vscode.l10n.t('The image of the last build.'),
  };
  const choice = await vscode.window.showQuickPick([build, last], {
    title: vscode.l10n.t('Shell in which image?'),
  });
  if (choice === undefined) throw cancelled();
  return choice === last ? tag : built(engine, { ...options, tags: [tag] });
}
