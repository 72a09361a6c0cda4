import * as vscode from 'vscode';
import { EngineError, sentence } from '../../engine/errors';
import { humanSize } from '../../engine/run/units';
import type { Handler } from '../deps';
import { withSteps } from '../report';
import { showImageFile } from './compareWithImage';
import { fileOf, nodeOf, uriOf, type FileRef } from './fileOf';

/** As in the file system itself, which would say it without a button. */
const LARGEST = 64 * 1024 * 1024;

/** Opens a file; a directory is shown in its place. */
export const open: Handler<'quayside.files.open'> = async (context, target, options = {}) => {
  const ref = await fileOf(context, target, vscode.l10n.t('Open which file of the container?'));
  if (ref.as === 'deleted') return { uri: (await showImageFile(ref)).toString() };
  const stat = await vscode.workspace.fs.stat(uriOf(ref));
  if (stat.type & vscode.FileType.Directory) {
    await context.views.revealFile(nodeOf(ref, 'directory'));
    return { uri: uriOf(ref).toString() };
  }
  if (stat.size > LARGEST) throw tooLarge(ref, stat.size);
  // A click on a row leaves the keys with the tree, as in the Explorer.
  const preserveFocus = context.nodes.length > 0 && !context.onRows;
  const preview = options.preview ?? true;
  await vscode.commands.executeCommand('vscode.open', uriOf(ref), { preview, preserveFocus });
  return { uri: uriOf(ref).toString() };
};

function tooLarge(ref: FileRef, size: number): EngineError {
  const error = new EngineError(
    'invalid',
    sentence(
      '"{0}" has {1}; files of more than {2} are not opened here. Download it instead.',
      ref.path,
      humanSize(size),
      humanSize(LARGEST),
    ),
  );
  return withSteps(error, {
    title: vscode.l10n.t('Download…'),
    run: () => vscode.commands.executeCommand('quayside.files.download', nodeOf(ref, 'file'), []),
  });
}
