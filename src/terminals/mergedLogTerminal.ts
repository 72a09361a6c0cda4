import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import { toEngineError } from '../engine/errors';
import { mergeLogs } from '../engine/logs/merge';
import type { LogLine } from '../engine/streams/lines';
import { lifecycleOf } from '../engine/logs/lifecycle';
import { instant, type LogTerminalOptions } from './logTerminal';
import { anyKey, sayError } from './say';
import { SessionTerminal, type Console } from './sessionTerminal';

export interface LogSource {
  readonly engine: Engine;
  readonly id: string;
  readonly name: string;
}

/** Colours of a terminal by turns, as compose takes them; the names say the same. */
const COLOURS = [36, 33, 32, 35, 34, 96, 93, 92, 95, 94];

/** The logs of several containers as one, in the order of their times, each line behind its container's name. */
export function mergedLogTerminal(
  sources: readonly LogSource[],
  options: LogTerminalOptions,
): vscode.ExtensionTerminalOptions {
  return {
    name: vscode.l10n.t('Logs: {0} containers', sources.length),
    iconPath: new vscode.ThemeIcon('output'),
    isTransient: true,
    pty: new SessionTerminal(async (console, signal) => {
      await follow(sources, options, console, signal);
      return 'stay';
    }),
  };
}

async function follow(
  sources: readonly LogSource[],
  { timestamps = false, ...options }: LogTerminalOptions,
  { screen, onInput }: Console,
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const interrupt = onInput((data) => {
    if (data.includes('\x03')) stop.abort();
  });
  const either = AbortSignal.any([signal, stop.signal]);
  const width = Math.max(...sources.map(({ name }) => name.length));
  const heads = sources.map(
    ({ name }, index) => `\x1b[${COLOURS[index % COLOURS.length]}m${name.padEnd(width)} |\x1b[0m `,
  );
  const logs = sources.map(({ engine, id }) => linesOf(engine, id, options, either));
  try {
    for await (const lines of mergeLogs(logs, {}, either))
      await screen.lines(
        lines.map(({ source, time, text }) => {
          const at = timestamps ? `${instant(time)} ` : '';
          return `${heads[source] ?? ''}${at}${text}\x1b[0m`;
        }),
      );
    await screen.say(`${vscode.l10n.t('The containers were removed.')} ${anyKey()}`);
  } catch (error) {
    const stopped = toEngineError(error).kind === 'cancelled';
    await screen.say(`${stopped ? vscode.l10n.t('No longer followed.') : sayError(error)} ${anyKey()}`);
  } finally {
    interrupt.dispose();
  }
}

/** Without what divides the runs of a container. */
async function* linesOf(
  engine: Engine,
  id: string,
  options: Omit<LogTerminalOptions, 'timestamps'>,
  signal: AbortSignal,
): AsyncGenerator<readonly LogLine[]> {
  const lifecycle = lifecycleOf(engine, id, signal);
  for await (const item of engine.logs.followAcrossRestarts(id, options, lifecycle, signal))
    if (!('kind' in item)) yield item;
}
