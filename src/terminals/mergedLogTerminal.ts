import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import { mergeLogs } from '../engine/logs/merge';
import type { LogLine } from '../engine/streams/lines';
import { lifecycleOf } from '../engine/logs/lifecycle';
import { followTerminal } from './followTerminal';
import { instant, type LogTerminalOptions } from './logTerminal';
import { sayError } from './say';

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
  const { timestamps = false, ...range } = options;
  const width = Math.max(...sources.map(({ name }) => name.length));
  const heads = sources.map(
    ({ name }, index) => `\x1b[${COLOURS[index % COLOURS.length]}m${name.padEnd(width)} |\x1b[0m `,
  );
  const title = vscode.l10n.t('Logs: {0} containers', sources.length);
  return followTerminal(title, 'output', async (screen, signal) => {
    const logs = sources.map(({ engine, id }) => linesOf(engine, id, range, signal));
    for await (const lines of mergeLogs(logs, {}, signal))
      await screen.lines(
        lines.map(({ source, time, text }) => {
          const at = timestamps ? `${instant(time)} ` : '';
          return `${heads[source] ?? ''}${at}${text}\x1b[0m`;
        }),
      );
    return vscode.l10n.t('None of the logs goes on.');
  });
}

/** Without what divides the runs of a container. A log that cannot be read ends with why: those of the others go on. */
async function* linesOf(
  engine: Engine,
  id: string,
  options: Omit<LogTerminalOptions, 'timestamps'>,
  signal: AbortSignal,
): AsyncGenerator<readonly LogLine[]> {
  try {
    const lifecycle = lifecycleOf(engine, id, signal);
    for await (const item of engine.logs.followAcrossRestarts(id, options, lifecycle, signal))
      if (!('kind' in item)) yield item;
  } catch (error) {
    if (signal.aborted) throw error;
    yield [{ stream: 'stderr', time: BigInt(Date.now()) * 1_000_000n, text: sayError(error) }];
  }
}
