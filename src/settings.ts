import * as vscode from 'vscode';
import type { Settings } from './ids';

/** The value of a setting under `quayside.`, as it is now. */
export function setting<Key extends keyof Settings>(key: Key): Settings[Key] {
  return vscode.workspace.getConfiguration('quayside').get(key) as Settings[Key];
}

/** Call when one of these settings changes. */
export function onSettingChange(
  keys: readonly (keyof Settings)[],
  changed: () => unknown,
): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (keys.some((key) => event.affectsConfiguration(`quayside.${key}`))) changed();
  });
}
