import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import type { LogOptions } from '../engine/logs/options';
import type { Divider } from '../engine/logs/restarts';
import { lifecycleOf } from '../engine/logs/lifecycle';
import { followTerminal } from './followTerminal';

export interface LogTerminalOptions extends Pick<LogOptions, 'tail' | 'since' | 'until'> {
  readonly timestamps?: boolean;
}

/** The log of a container as it grows, over its restarts. */
export function logTerminal(
  engine: Engine,
  container: { readonly id: string; readonly name: string },
  options: LogTerminalOptions,
): vscode.ExtensionTerminalOptions {
  const { timestamps = false, ...range } = options;
  return followTerminal(vscode.l10n.t('Logs: {0}', container.name), 'output', async (screen, signal) => {
    const lifecycle = lifecycleOf(engine, container.id, signal);
    for await (const item of engine.logs.followAcrossRestarts(container.id, range, lifecycle, signal)) {
      if ('kind' in item) await screen.say(sayDivider(item));
      else await screen.lines(item.map(({ time, text }) => (timestamps ? `${instant(time)} ${text}` : text)));
    }
    return vscode.l10n.t('The container was removed.');
  });
}

function sayDivider({ kind, time, exitCode }: Divider): string {
  const at = new Date(time).toLocaleTimeString();
  switch (kind) {
    case 'started':
      return vscode.l10n.t('── started at {0} ──', at);
    case 'restarted':
      return vscode.l10n.t('── started again at {0} ──', at);
    case 'stopped':
      return exitCode === undefined
        ? vscode.l10n.t('── stopped at {0} ──', at)
        : vscode.l10n.t('── stopped at {0} with exit code {1} ──', at, exitCode);
  }
}

/** As `docker logs --timestamps` writes it, with all nine digits of the second. */
export function instant(time: bigint): string {
  const seconds = new Date(Number(time / 1_000_000_000n) * 1000).toISOString().slice(0, 19);
  return `${seconds}.${String(time % 1_000_000_000n).padStart(9, '0')}Z`;
}
