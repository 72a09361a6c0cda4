import { posix } from 'node:path';
import * as vscode from 'vscode';
import { EngineError, sentence } from '../../engine/errors';
import type { Handler } from '../deps';
import { runningContainer } from '../containers/running';
import { insideWork } from './insideWork';
import { fileOf, uriOf, type FileRef } from './fileOf';
import { nameFor } from './names';
import { refuseReadonly } from './writable';

/** Another name in the same directory; nothing is ever replaced. */
export const rename: Handler<'quayside.files.rename'> = async (context, target, options) => {
  const ref = await fileOf(context, target, vscode.l10n.t('Rename which file of the container?'));
  if (ref.path === '/')
    throw new EngineError('invalid', sentence('The root of a container cannot be renamed.'));
  await refuseReadonly(ref);
  // Before a name is asked for that could then not be given.
  await runningContainer({ ...ref, name: ref.id });
  const old = posix.basename(ref.path);
  const name = await nameFor(context, options?.name, vscode.l10n.t('New name of {0}', old), old);
  const path = posix.join(posix.dirname(ref.path), name);
  if (path !== ref.path) await move(ref, path);
  return { path };
};

/** Editors of it, and of what is below it, go along with what is not saved in them. */
async function move(ref: FileRef, path: string): Promise<void> {
  const from = uriOf(ref);
  const below = `${from.toString()}/`;
  const open = vscode.workspace.textDocuments.some(({ uri }) => `${uri.toString()}/`.startsWith(below));
  if (open) {
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(from, uriOf({ ...ref, path }));
    if (await vscode.workspace.applyEdit(edit)) return;
  }
  // Also to hear why it could not be done.
  await insideWork(ref, 'mv', () => ref.engine.files.rename(ref.id, ref.path, path));
}
