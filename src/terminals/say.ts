import * as vscode from 'vscode';
import { toEngineError } from '../engine/errors';

/** A failure of the engine layer in the user's language. */
export function sayError(error: unknown): string {
  const { sentence } = toEngineError(error);
  return vscode.l10n.t(sentence.text, ...sentence.args);
}

/** How a process ended, in words (`docker run`, "Exit status"; 128 + n is signal n). */
export function sayExit(code: number): string {
  switch (code) {
    case 0:
      return vscode.l10n.t('It ended well (exit code 0).');
    case 125:
      return vscode.l10n.t('The engine could not run it (exit code 125).');
    case 126:
      return vscode.l10n.t('Its command cannot be executed (exit code 126).');
    case 127:
      return vscode.l10n.t('Its command was not found (exit code 127).');
    case 130:
      return vscode.l10n.t('It was interrupted with Ctrl+C (exit code 130).');
    case 137:
      return vscode.l10n.t('It was killed, or ran out of memory (exit code 137).');
    case 143:
      return vscode.l10n.t('It was asked to stop, and did (exit code 143).');
    default:
      return code > 128 && code < 160
        ? vscode.l10n.t('It was ended by signal {0} (exit code {1}).', code - 128, code)
        : vscode.l10n.t('It ended with exit code {0}.', code);
  }
}

/** Under the last line of a session that is over. */
export function anyKey(): string {
  return vscode.l10n.t('Press any key to close the terminal.');
}
