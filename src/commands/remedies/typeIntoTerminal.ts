import process from 'node:process';
import * as vscode from 'vscode';

/** Shows a terminal of this name with a line in it, which the user may run, change or leave. */
export function typeIntoTerminal(name: string, line: string): void {
  // The lines for Windows are written for this shell, whichever is the user's own.
  const shell = process.platform === 'win32' ? { shellPath: 'powershell.exe' } : {};
  const terminal = vscode.window.createTerminal({ name, ...shell });
  terminal.show();
  terminal.sendText(line, false);
}
