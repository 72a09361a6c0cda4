import * as vscode from 'vscode';
import type { ContainerRef } from '../ref';

/** A path in a container, beginning with where its processes work. */
export async function askPath(refs: readonly ContainerRef[], title: string): Promise<string | undefined> {
  const value = await workingDirectory(refs[0]);
  return vscode.window.showInputBox({
    title,
    value,
    valueSelection: [value.length, value.length],
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Give a path, such as /tmp/.') : undefined),
  });
}

/** With a slash at its end, as what is copied goes into it. */
async function workingDirectory(ref: ContainerRef | undefined): Promise<string> {
  const found = await ref?.engine.containers.inspect(ref.id);
  const { WorkingDir = '' } = (found?.['Config'] ?? {}) as { WorkingDir?: string };
  return WorkingDir.endsWith('/') ? WorkingDir : `${WorkingDir}/`;
}
