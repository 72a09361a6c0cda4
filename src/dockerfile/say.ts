import * as vscode from 'vscode';

/** Rules speak in templates; here they are put into the user's language. */
export function say(template: string, args: readonly string[] = []): string {
  return vscode.l10n.t(template, ...args.map((arg) => (arg.length > 200 ? `${arg.slice(0, 200)}…` : arg)));
}
