import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { cancelled } from '../../engine/errors';
import { givenOr } from '../ask';
import { copying, hostPath, tellCopied, workspaceFolder } from '../containers/copying';
import type { Handler } from '../deps';
import { filesOf, type FileRef } from './fileOf';

/** Files and directories into a folder of this computer. */
export const download: Handler<'quayside.files.download'> = async (context, target, options) => {
  const title = vscode.l10n.t('Download which file of the container?');
  const refs = (await filesOf(context, target, title)).filter(({ as }) => as !== 'deleted');
  const to = hostPath(await givenOr(context, options?.to, 'to', askFolder));
  const sum = { files: 0, bytes: 0 };
  for (const ref of refs) {
    if (context.fromUi && (await isSkipped(ref, to))) continue;
    const copied = await copying(vscode.l10n.t('Downloading {0}', ref.path), (how, signal) =>
      ref.engine.files.copyFrom(ref.id, ref.path, to, { ...how, followLink: true }, signal),
    );
    tellCopied(context, copied, to);
    sum.files += copied.files;
    sum.bytes += copied.bytes;
  }
  return sum;
};

/** Asks for each name that is taken; the answer is about this one alone. */
async function isSkipped({ path: source }: FileRef, to: string): Promise<boolean> {
  const name = path.posix.basename(source);
  const there = await stat(path.join(to, name)).then(
    () => true,
    () => false,
  );
  if (!there) return false;
  const overwrite = vscode.l10n.t('Overwrite');
  const skip = vscode.l10n.t('Skip');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('"{0}" is already in the folder. Overwrite it?', name),
    { modal: true, detail: to },
    overwrite,
    skip,
  );
  if (answer === undefined) throw cancelled();
  return answer === skip;
}

async function askFolder(): Promise<string | undefined> {
  const folder = workspaceFolder();
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Download to which folder?'),
    openLabel: vscode.l10n.t('Download Here'),
    canSelectFiles: false,
    canSelectFolders: true,
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.file(folder) }),
  });
  return chosen?.[0]?.fsPath;
}
