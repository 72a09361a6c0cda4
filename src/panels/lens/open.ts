import { posix } from 'node:path';
import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { EngineError, sentence } from '../../engine/errors';
import { fileAddress } from '../../engine/files/fileAddress';
import type { PlacedFile } from '../../engine/lens/fileAt';
import { layerQuery } from '../../engine/lens/layerQuery';
import { humanSize } from '../../engine/run/units';

/** As in the file system that shows it, which would say it in an editor of its own. */
const LARGEST = 64 * 1024 * 1024;

/** Open a file as one layer has it, for reading. */
export async function openLayerFile(
  engine: Engine,
  id: string,
  { blob, path, size }: PlacedFile,
): Promise<void> {
  if (size > LARGEST)
    throw new EngineError(
      'invalid',
      sentence(
        '"{0}" has {1}; files of more than {2} are not opened here. Save the image, and take it out of that file.',
        path,
        humanSize(size),
        humanSize(LARGEST),
      ),
    );
  const address = fileAddress({ kind: 'image', engine: engine.name, id, path });
  const uri = vscode.Uri.from({ ...address, query: layerQuery(blob) });
  const title = vscode.l10n.t('Reading {0} out of its layer', posix.basename(path));
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, async () => {
    // Read before it is shown: what cannot be read is said here, not in an empty editor.
    await vscode.workspace.fs.readFile(uri);
    await vscode.commands.executeCommand('vscode.open', uri, { preview: true });
  });
}
