import { posix } from 'node:path';
import * as vscode from 'vscode';
import { EngineError, sentence, toEngineError } from '../../engine/errors';
import { fileAddress } from '../../engine/files/fileAddress';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { fileOf, uriOf, type FileRef } from './fileOf';

/** The file as the image has it beside the file as the container has it. */
export const compareWithImage: Handler<'quayside.files.compareWithImage'> = async (context, target) => {
  const ref = await fileOf(context, target, vscode.l10n.t('Compare which file with the image?'));
  if (ref.as === 'deleted') {
    const uri = (await showImageFile(ref)).toString();
    return { image: uri, container: undefined };
  }
  const image = await imageFile(ref);
  const name = posix.basename(ref.path);
  const title = vscode.l10n.t('{0} (in the image) ↔ {0} (in the container)', name);
  await vscode.commands.executeCommand('vscode.diff', image, uriOf(ref), title);
  return { image: image.toString(), container: uriOf(ref).toString() };
};

/** Opens the file as the image has it. */
export async function showImageFile(ref: FileRef): Promise<vscode.Uri> {
  const image = await imageFile(ref);
  await vscode.commands.executeCommand('vscode.open', image, { preview: true });
  return image;
}

/** Its address; `notFound` when the image has no such file. */
async function imageFile({ engine, id, path }: FileRef): Promise<vscode.Uri> {
  const { Image } = await engine.containers.inspect(id);
  const address = { kind: 'image', engine: engine.name, id: String(Image), path } as const;
  const uri = vscode.Uri.from(fileAddress(address));
  try {
    await withProgress(vscode.l10n.t('Looking into the image'), () =>
      Promise.resolve(vscode.workspace.fs.stat(uri)),
    );
  } catch (error) {
    if (!(error instanceof vscode.FileSystemError) || error.code !== 'FileNotFound')
      throw toEngineError(error);
    throw new EngineError(
      'notFound',
      sentence('The image has no "{0}": the file was added in the container.', path),
      { cause: error },
    );
  }
  return uri;
}
