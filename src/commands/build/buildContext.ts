import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { ContextOptions } from '../../engine/build/options';
import { givenOr } from '../ask';
import { hostPath } from '../containers/copying';
import type { Context, Handler } from '../deps';
import { showDocument } from '../documents/show';
import { withProgress } from '../progress';
import { contextSummary } from './contextReport';
import { chooseDockerfile } from './dockerfiles';
import { lastBuild } from './remembered';

/** What a build of a Dockerfile or folder would send. From the UI it is shown; nothing is sent. */
export const buildContext: Handler<'quayside.images.buildContext'> = async (context, options) => {
  const asked =
    options === undefined && context.fromUi ? await askContext(context) : await given(context, options);
  const name = path.basename(asked.context);
  const summary = await withProgress(vscode.l10n.t('Reading the build context {0}', name), (signal) =>
    contextSummary(asked, signal),
  );
  if (options?.show ?? context.fromUi) {
    const id = JSON.stringify({ context: asked.context, dockerfile: asked.dockerfile });
    await showDocument({ kind: 'buildContext', engine: '', id }, vscode.l10n.t('Build Context of {0}', name));
  }
  return summary;
};

async function given(context: Context, options: Partial<ContextOptions> = {}): Promise<ContextOptions> {
  const folder = await givenOr(context, options.context, 'context', () => Promise.resolve(undefined));
  const { dockerfile } = options;
  return { context: hostPath(folder), ...(dockerfile !== undefined && { dockerfile }) };
}

/** The folder it was called on, or that of the Dockerfile: the one that its last build used, else its own. */
async function askContext(context: Context): Promise<ContextOptions> {
  const [file] = context.files;
  if (file && (await isFolder(file.fsPath))) return { context: file.fsPath };
  if (file && path.basename(file.fsPath) === '.dockerignore') return { context: path.dirname(file.fsPath) };
  const dockerfile = await chooseDockerfile(context);
  const folder = lastBuild(context.state, dockerfile)?.context ?? path.dirname(dockerfile.fsPath);
  return { context: folder, dockerfile: dockerfile.fsPath };
}

function isFolder(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
