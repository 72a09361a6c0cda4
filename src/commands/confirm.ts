import * as vscode from 'vscode';
import { cancelled, EngineError, sentence } from '../engine/errors';

/** How many names a question lists; the rest is a number. */
const SHOWN = 10;

/** Asks before something is lost; resolves with the button that was chosen and rejects when none was. */
export async function confirm(question: string, detail: string, ...buttons: string[]): Promise<string> {
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, ...buttons);
  if (answer === undefined) throw cancelled();
  return answer;
}

/** One name per line, and how many more there are. */
export function nameLines(names: readonly string[]): string {
  const lines = names.slice(0, SHOWN).map((name) => `• ${name}`);
  const more = names.length - lines.length;
  return [...lines, ...(more > 0 ? [vscode.l10n.t('… and {0} more', more)] : [])].join('\n');
}

/** Code that removes without asking must say that it means to. */
export function requireConfirmed(options: { confirm?: boolean } | undefined): void {
  if (options?.confirm === true) return;
  throw new EngineError(
    'invalid',
    sentence('This removes things for good and asks nothing. Give "confirm": true to say that it is meant.'),
  );
}
