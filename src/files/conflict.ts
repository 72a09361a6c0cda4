import { posix } from 'node:path';
import * as vscode from 'vscode';

/**
 * The failure of a save that would have overwritten what somebody else wrote, with the choice the editor gives where it
 * notices by itself. `allow` is called before the save that is meant.
 */
export function changedMeanwhile(uri: vscode.Uri, allow: () => void): vscode.FileSystemError {
  const name = posix.basename(uri.path);
  void ask(uri, name, allow);
  return vscode.FileSystemError.Unavailable(
    vscode.l10n.t('"{0}" has been changed in the container since it was opened.', name),
  );
}

async function ask(uri: vscode.Uri, name: string, allow: () => void): Promise<void> {
  const overwrite = vscode.l10n.t('Overwrite');
  const compare = vscode.l10n.t('Compare');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      '"{0}" has been changed in the container since it was opened. Your edit is kept; compare the two, or overwrite what is in the container.',
      name,
    ),
    compare,
    overwrite,
  );
  if (answer === overwrite) {
    allow();
    await vscode.workspace.save(uri);
  } else if (answer === compare) {
    const title = vscode.l10n.t('{0} (in the container) ↔ {0} (your edit)', name);
    await vscode.commands.executeCommand('vscode.diff', asItIs(uri), uri, title);
  }
}

/** The same file as another document, which is read now and cannot be edited. */
function asItIs(uri: vscode.Uri): vscode.Uri {
  return uri.with({ query: `at=${Date.now()}` });
}
