import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import { followTerminal } from './followTerminal';

/** What happens on an engine, a line each, until the terminal is closed or Ctrl+C is typed. */
export function eventTerminal(
  engine: Engine,
  range: { readonly since?: string; readonly until?: string },
): vscode.ExtensionTerminalOptions {
  return followTerminal(vscode.l10n.t('Events: {0}', engine.name), 'pulse', async (screen, signal) => {
    await screen.say(vscode.l10n.t('What happens on {0}. Ctrl+C ends it.', engine.name));
    for await (const event of engine.system.events(range, signal)) {
      const { time, type, action, detail, id, attributes } = event;
      const name = attributes['name'] ?? id.slice(0, 12);
      const more = ['exitCode', 'signal', 'image'].flatMap((key) =>
        attributes[key] === undefined ? [] : [`${key}=${attributes[key]}`],
      );
      // The detail of an exec is its command line, which may hold a password.
      const about = action.startsWith('exec_') ? '' : detail;
      const words = [new Date(time).toISOString(), type, action, about, name, ...more].filter(Boolean);
      await screen.lines([words.map(plain).join('  ')]);
    }
    return '';
  });
}

/** Names and labels are anybody's words: no controls of a terminal in them. */
function plain(word: string): string {
  return word.replace(/\p{Cc}/gu, '\ufffd');
}
