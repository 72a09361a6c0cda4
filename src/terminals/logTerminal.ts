import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import { toEngineError } from '../engine/errors';
import type { LogOptions } from '../engine/logs/options';
import type { Divider } from '../engine/logs/restarts';
import { lifecycleOf } from '../engine/logs/lifecycle';
import { anyKey, sayError } from './say';
import { SessionTerminal, type Console } from './sessionTerminal';

export interface LogTerminalOptions extends Pick<LogOptions, 'tail' | 'since' | 'until'> {
  readonly timestamps?: boolean;
}

/** The log of a container as it grows, over its restarts. */
export function logTerminal(
  engine: Engine,
  container: { readonly id: string; readonly name: string },
  options: LogTerminalOptions,
): vscode.ExtensionTerminalOptions {
  return {
    name: vscode.l10n.t('Logs: {0}', container.name),
    iconPath: new vscode.ThemeIcon('output'),
    isTransient: true,
    pty: new SessionTerminal(async (console, signal) => {
      await follow(engine, container.id, options, console, signal);
      return 'stay';
    }),
  };
}

async function follow(
  engine: Engine,
  id: string,
  { timestamps = false, ...options }: LogTerminalOptions,
  { screen, onInput }: Console,
  signal: AbortSignal,
): Promise<void> {
  const stop = new AbortController();
  const interrupt = onInput((data) => {
    if (data.includes('\x03')) stop.abort();
  });
  const either = AbortSignal.any([signal, stop.signal]);
  try {
    const lifecycle = lifecycleOf(engine, id, either);
    for await (const item of engine.logs.followAcrossRestarts(id, options, lifecycle, either)) {
      if ('kind' in item) await screen.say(sayDivider(item));
      else await screen.lines(item.map(({ time, text }) => (timestamps ? `${instant(time)} ${text}` : text)));
    }
    await screen.say(`${vscode.l10n.t('The container was removed.')} ${anyKey()}`);
  } catch (error) {
    const stopped = toEngineError(error).kind === 'cancelled';
    await screen.say(`${stopped ? vscode.l10n.t('No longer followed.') : sayError(error)} ${anyKey()}`);
  } finally {
    interrupt.dispose();
  }
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
