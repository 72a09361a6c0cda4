import { posix } from 'node:path';
import * as vscode from 'vscode';
import { EngineError, sentence, toEngineError } from '../../engine/errors';
import type { Handler } from '../deps';
import { directoryOf, uriOf, type FileRef } from './fileOf';
import { nameFor } from './names';
import { refuseReadonly } from './writable';

/** An empty file in a directory; from the UI it is opened. */
export const newFile: Handler<'quayside.files.newFile'> = async (context, target, options) => {
  const directory = await directoryOf(context, target, vscode.l10n.t('New file in which directory?'));
  await refuseReadonly(directory);
  const name = await nameFor(context, options?.name, vscode.l10n.t('Name of the new file'));
  const ref = { ...directory, path: posix.join(directory.path, name) };
  await refuseTaken(ref);
  await ref.engine.files.write(ref.id, ref.path, Buffer.alloc(0));
  if (context.fromUi) await vscode.commands.executeCommand('vscode.open', uriOf(ref), { preview: false });
  return { path: ref.path };
};

export const newFolder: Handler<'quayside.files.newFolder'> = async (context, target, options) => {
  const directory = await directoryOf(context, target, vscode.l10n.t('New folder in which directory?'));
  await refuseReadonly(directory);
  const name = await nameFor(context, options?.name, vscode.l10n.t('Name of the new folder'));
  const path = posix.join(directory.path, name);
  await directory.engine.files.mkdir(directory.id, path);
  return { path };
};

async function refuseTaken({ engine, id, path }: FileRef): Promise<void> {
  try {
    await engine.files.stat(id, path);
  } catch (error) {
    if (toEngineError(error).kind === 'notFound') return;
    throw error;
  }
  throw new EngineError(
    'conflict',
    sentence('"{0}" is already in the container. Choose another name.', path),
  );
}
