import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { directoryOf, filesOf, uriOf } from './fileOf';

/** The path in the container; of several, one a line. */
export const copyPath: Handler<'quayside.files.copyPath'> = async (context, target) => {
  const refs = await filesOf(context, target, vscode.l10n.t('Copy which path?'));
  const text = refs.map(({ path }) => path).join('\n');
  await vscode.env.clipboard.writeText(text);
  return text;
};

/** Reads anew what is shown of a container's files: what its processes write is not told. */
export const refresh: Handler<'quayside.files.refresh'> = async (context, target) => {
  const ids = context.nodes.flatMap((node) => ('id' in node ? [node.id] : []));
  const id = target?.id ?? ids[0];
  await context.views.refreshFiles(id);
};

/** A directory of a container as a folder of the workspace. */
export const addToWorkspace: Handler<'quayside.files.addToWorkspace'> = async (context, target) => {
  const ref = await directoryOf(context, target, vscode.l10n.t('Add which directory to the workspace?'));
  const uri = uriOf(ref);
  const { Name } = await ref.engine.containers.inspect(ref.id);
  const container = String(Name).replace(/^\//, '');
  const name = ref.path === '/' ? container : `${posix.basename(ref.path)} (${container})`;
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (!folders.some((folder) => folder.uri.toString() === uri.toString()))
    vscode.workspace.updateWorkspaceFolders(folders.length, 0, { uri, name });
  return { uri: uri.toString(), name };
};
