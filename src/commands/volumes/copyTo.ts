import * as vscode from 'vscode';
import { inPlace } from '../../engine/volumes/clone';
import { PLACE, withVolume } from '../../engine/volumes/helper';
import { givenOr } from '../ask';
import { copying, hostPath, tellCopied } from '../containers/copying';
import type { Handler } from '../deps';
import { askPath, volumeOf } from './one';

/** Copies files of this computer into a volume, by the rules of `docker cp`. */
export const copyTo: Handler<'quayside.volumes.copyTo'> = async (context, target, options) => {
  const ref = await volumeOf(context, target, vscode.l10n.t('Copy to which volume?'));
  const given = options?.from;
  const from = await givenOr(context, typeof given === 'string' ? [given] : given, 'from', askFiles);
  const path =
    options?.path ??
    (context.fromUi ? await askPath(vscode.l10n.t('Copy to which path of {0}?', ref.name)) : '/');
  const copied = await copying(vscode.l10n.t('Copying to {0}', ref.name), (how, signal) =>
    withVolume(
      ref.engine,
      ref.id,
      { write: true },
      (helper) =>
        ref.engine.files.copyTo(
          helper,
          from.map(hostPath),
          path === '/' ? `${PLACE}/` : inPlace(path),
          how,
          signal,
        ),
      signal,
    ),
  );
  tellCopied(context, copied, `${ref.name}:${path}`);
  return { files: copied.files, bytes: copied.bytes };
};

async function askFiles(): Promise<string[] | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Copy which files to the volume?'),
    openLabel: vscode.l10n.t('Copy'),
    canSelectMany: true,
    canSelectFiles: true,
    canSelectFolders: true,
  });
  return chosen?.map(({ fsPath }) => fsPath);
}
