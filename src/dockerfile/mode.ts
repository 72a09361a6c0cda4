import * as vscode from 'vscode';
import { doneElsewhere, type Installed } from './others';

export const isInstalled: Installed = (id) => vscode.extensions.getExtension(id) !== undefined;

/** Whether the language features are wanted here; `elsewhere`: and of what others do only what they do not. */
export function languageMode(scope?: vscode.TextDocument): {
  readonly on: boolean;
  readonly elsewhere: boolean;
} {
  const mode = vscode.workspace
    .getConfiguration('quayside.dockerfile', scope)
    .get<string>('language', 'auto');
  return { on: mode !== 'off', elsewhere: doneElsewhere(mode, 'serves', isInstalled) };
}
