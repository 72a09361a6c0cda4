import * as vscode from 'vscode';
import { toEngineError } from '../engine/errors';
import { exitSentence } from '../engine/exitCode';

/** A failure of the engine layer in the user's language. */
export function sayError(error: unknown): string {
  const { sentence } = toEngineError(error);
  return vscode.l10n.t(sentence.text, ...sentence.args);
}

/** How a process ended, in the user's language. */
export function sayExit(code: number): string {
  const { text, args } = exitSentence(code);
  return vscode.l10n.t(text, ...args);
}

/** Under the last line of a session that is over. */
export function anyKey(): string {
  return vscode.l10n.t('Press any key to close the terminal.');
}
