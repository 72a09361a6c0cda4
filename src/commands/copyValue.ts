import * as vscode from 'vscode';
import { cancelled, EngineError, sentence } from '../engine/errors';

/** Something about a thing that is worth copying. */
export interface Copyable {
  readonly what: string;
  readonly label: string;
  readonly value: string;
}

/** Puts one of the values into the clipboard, asked for by `what` or picked, and answers it. */
export async function copyValue(values: readonly Copyable[], what: string | undefined): Promise<string> {
  const there = values.filter(({ value }) => value !== '');
  const items = there.map((one) => ({ ...one, description: one.value }));
  const title = vscode.l10n.t('Copy what?');
  const chosen =
    what === undefined
      ? await vscode.window.showQuickPick(items, { title, matchOnDescription: true })
      : there.find((one) => one.what === what);
  if (!chosen && what === undefined) throw cancelled();
  if (!chosen) {
    const known = there.map((one) => one.what).join(', ');
    throw new EngineError(
      'notFound',
      sentence('There is no "{0}" to copy here. There is: {1}.', what ?? '', known),
    );
  }
  await vscode.env.clipboard.writeText(chosen.value);
  return chosen.value;
}
