import * as vscode from 'vscode';
import type { BuildEvent } from '../engine/build/output';
import { BuildLines } from './buildLines';
import { anyKey } from './say';
import { SessionTerminal } from './sessionTerminal';
import type { Screen } from './screen';

export interface BuildTerminal {
  readonly options: vscode.ExtensionTerminalOptions;
  /** Fires when Ctrl+C is typed; of a task, when its terminal is closed too. */
  readonly interrupted: AbortSignal;
  /** Shows one event; settled when the terminal can take more. */
  show(event: BuildEvent): Promise<void> | undefined;
  /** A line of our own. */
  say(line: string, as?: 'note' | 'warning'): void;
  /** The last words, below which the log stays to be read; a task ends with the exit code. */
  end(words: string, code: number): void;
}

/** Lines that are kept for a terminal that is not open yet; it is in a moment. */
const MOST_EARLY = 5000;

/** The log of one build, as it happens. Closing it does not end the build, unless it is a task's. */
export function buildTerminal(name: string, { task = false } = {}): BuildTerminal {
  const lines = new BuildLines({
    cached: vscode.l10n.t('from the cache'),
    failed: vscode.l10n.t('failed'),
    cancelled: vscode.l10n.t('cancelled'),
    warning: (text, line) =>
      line === undefined
        ? vscode.l10n.t('Warning: {0}', text)
        : vscode.l10n.t('Warning: {0} (line {1})', text, line),
  });
  const interrupt = new AbortController();
  const early: string[] = [];
  let screen: Screen | undefined;
  let writing: Promise<void> = Promise.resolve();
  const write = (shown: readonly string[]): Promise<void> | undefined => {
    if (screen) return (writing = writing.then(() => screen?.lines(shown)));
    if (early.length < MOST_EARLY) early.push(...shown);
    return undefined;
  };
  let end: (last: { words: string; code: number }) => void = () => undefined;
  const last = new Promise<{ words: string; code: number }>((resolve) => (end = resolve));
  const pty = new SessionTerminal(async (console, closed) => {
    if (task) closed.addEventListener('abort', () => interrupt.abort(), { once: true });
    const typing = console.onInput((data) => {
      if (data.includes('\x03')) interrupt.abort();
    });
    screen = console.screen;
    void write(early);
    const { words, code } = await last;
    await writing;
    await screen.say(task ? words : `${words} ${anyKey()}`);
    typing.dispose();
    return task ? code : 'stay';
  });
  return {
    options: { name, pty, iconPath: new vscode.ThemeIcon('tools'), isTransient: true },
    interrupted: interrupt.signal,
    show: (event) => {
      const shown = lines.of(event);
      return shown.length === 0 ? undefined : write(shown);
    },
    say: (line, as) => void write(lines.own(line, as)),
    end: (words, code) => end({ words, code }),
  };
}
