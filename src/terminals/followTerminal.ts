import * as vscode from 'vscode';
import { toEngineError } from '../engine/errors';
import { anyKey, sayError } from './say';
import type { Screen } from './screen';
import { SessionTerminal, type Console } from './sessionTerminal';

/** Shows what comes until there is no more, and answers why in the user's language; empty where that needs no words. */
export type Following = (screen: Screen, signal: AbortSignal) => Promise<string>;

/** A terminal for what grows, until it ends, Ctrl+C is typed, or the terminal is closed. */
export function followTerminal(
  name: string,
  icon: string,
  following: Following,
): vscode.ExtensionTerminalOptions {
  return {
    name,
    iconPath: new vscode.ThemeIcon(icon),
    isTransient: true,
    pty: new SessionTerminal(async (console, signal) => {
      await follow(following, console, signal);
      return 'stay';
    }),
  };
}

async function follow(
  following: Following,
  { screen, onInput }: Console,
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const interrupt = onInput((data) => {
    if (data.includes('\x03')) stop.abort();
  });
  try {
    const why = await following(screen, AbortSignal.any([signal, stop.signal]));
    await screen.say(`${why} ${anyKey()}`.trim());
  } catch (error) {
    const stopped = toEngineError(error).kind === 'cancelled';
    await screen.say(`${stopped ? vscode.l10n.t('No longer followed.') : sayError(error)} ${anyKey()}`);
  } finally {
    interrupt.dispose();
  }
}
