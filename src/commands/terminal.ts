import * as vscode from 'vscode';

/** Opens a terminal and goes to it. */
export function openTerminal(options: vscode.ExtensionTerminalOptions): vscode.Terminal {
  const terminal = vscode.window.createTerminal(options);
  terminal.show();
  return terminal;
}
