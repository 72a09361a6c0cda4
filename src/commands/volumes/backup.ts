import { join } from 'node:path';
import * as vscode from 'vscode';
import type { Volume } from '../../engine/model/types';
import { backupVolume } from '../../engine/volumes/backup';
import { volumeUsers } from '../../engine/volumes/empty';
import { givenOr } from '../ask';
import { copying, hostPath, tellCopied, workspaceFolder } from '../containers/copying';
import type { Context, Handler } from '../deps';
import { isRunning } from '../listing';
import type { Ref } from '../ref';
import { offer } from '../report';
import { volumesOf } from '../target';

/** All files of volumes into tar files of this computer. */
export const backup: Handler<'quayside.volumes.backup'> = async (context, target, options) => {
  const refs = await volumesOf(context, target, {
    title: vscode.l10n.t('Back up which volumes?'),
    none: vscode.l10n.t('There is no volume.'),
  });
  const [first, ...others] = refs;
  if (!first) return [];
  const single = others.length === 0 && !Array.isArray(target);
  const to = hostPath(
    await givenOr(context, options?.to, 'to', () => (single ? askFile(first) : askFolder())),
  );
  const results = [];
  // One after another: each may be as large as the disk is fast.
  for (const ref of refs) {
    const file = single ? to : join(to, `${ref.name}.tar`);
    const { engine, id, name } = ref;
    const copied = await copying(vscode.l10n.t('Backing up {0}', name), (how, signal) =>
      backupVolume(engine, id, file, how.onProgress, signal),
    );
    tellCopied(context, copied, file);
    await warnOfWriters(context, ref);
    results.push({ files: copied.files, bytes: copied.bytes });
  }
  const [result] = results;
  return single && result ? result : results;
};

/** What wrote to it meanwhile may be in the file in part. */
async function warnOfWriters(context: Context, { engine, id, name }: Ref<Volume>): Promise<void> {
  if (!context.fromUi) return;
  const writers = (await volumeUsers(engine, id)).filter(isRunning);
  const [first] = writers;
  if (!first) return;
  offer(
    context,
    'warning',
    vscode.l10n.t(
      'The container {0} was running while {1} was backed up. If it wrote to it, stop it and back up again.',
      first.name,
      name,
    ),
  );
}

async function askFile({ name }: Ref<Volume>): Promise<string | undefined> {
  const folder = workspaceFolder();
  const uri = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Back up {0} to', name),
    filters: { [vscode.l10n.t('Archives')]: ['tar', 'tar.gz', 'tgz'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.file(join(folder, `${name}.tar`)) }),
  });
  return uri?.fsPath;
}

async function askFolder(): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Back up to which folder?'),
    openLabel: vscode.l10n.t('Back Up Here'),
    canSelectFiles: false,
    canSelectFolders: true,
  });
  return chosen?.[0]?.fsPath;
}
