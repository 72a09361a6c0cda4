import * as vscode from 'vscode';
import { toEngineError } from '../engine/errors';

/** An error as a sentence in the language of the editor. */
export function say(error: unknown): string {
  const { sentence } = toEngineError(error);
  return vscode.l10n.t(sentence.text, ...sentence.args);
}
