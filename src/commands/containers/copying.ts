import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import type { CopyOptions } from '../../engine/files';
import type { Copied } from '../../engine/files/tally';
import { humanSize } from '../../engine/run/units';
import type { Context } from '../deps';
import { roughSize } from '../images/transfer';
import { withProgress } from '../progress';
import { offer } from '../report';

/** One copy under one progress that counts what is through. */
export function copying(
  title: string,
  copy: (options: CopyOptions, signal: AbortSignal) => Promise<Copied>,
): Promise<Copied> {
  return withProgress(title, (signal, tell) =>
    copy(
      {
        onProgress: ({ files, bytes, total }) =>
          tell({
            message:
              total === undefined
                ? `${filesText(files)}, ${roughSize(bytes)}`
                : vscode.l10n.t('{0} of {1}', roughSize(bytes), roughSize(total)),
            ...(total === undefined || total === 0 ? {} : { fraction: bytes / total }),
          }),
      },
      signal,
    ),
  );
}

/** What was copied, and that some of it was not. */
export function tellCopied(context: Context, { files, bytes, skipped = [] }: Copied, where: string): void {
  if (!context.fromUi) return;
  offer(
    context,
    'info',
    vscode.l10n.t('Copied to {0}: {1} in {2}.', where, humanSize(bytes), filesText(files)),
  );
  if (skipped.length === 0) return;
  for (const { path, why } of skipped) context.log.warn(`Not copied: ${path} (${why})`);
  const names = skipped.map(({ path }) => path).slice(0, 3);
  offer(context, 'warning', vscode.l10n.t('Some of it could not be copied: {0} …', names.join(', ')), [
    { title: vscode.l10n.t('Show Log'), run: () => context.log.show() },
  ]);
}

function filesText(files: number): string {
  return files === 1 ? vscode.l10n.t('one file') : vscode.l10n.t('{0} files', files);
}

/** A path of this computer; one that is not whole counts from the first folder of the workspace. A `/.` at its end stays. */
export function hostPath(path: string): string {
  const folder = workspaceFolder();
  return folder === undefined || isAbsolute(path) ? path : `${folder}/${path}`;
}

/** Of the workspace, the first one on this computer. */
export function workspaceFolder(): string | undefined {
  return vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath;
}

/** Where to copy to on this computer; `undefined` when it was dismissed. */
export async function askFolder(): Promise<string | undefined> {
  const folder = workspaceFolder();
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Copy to which folder?'),
    openLabel: vscode.l10n.t('Copy Here'),
    canSelectFiles: false,
    canSelectFolders: true,
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.file(folder) }),
  });
  return chosen?.[0]?.fsPath;
}
