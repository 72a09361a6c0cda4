import * as vscode from 'vscode';
import type { Entry } from './completion/paths';

/** What stands in a folder of a context; nothing where it is none. */
export async function entriesOf(context: vscode.Uri, folder: string): Promise<Entry[]> {
  try {
    const found = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(context, folder));
    return found.map(([name, type]) => ({ name, folder: (type & vscode.FileType.Directory) !== 0 }));
  } catch {
    return [];
  }
}
