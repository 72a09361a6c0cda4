import { l10n } from 'vscode';
import type { Engine } from '../../engine/engine';
import { toEngineError } from '../../engine/errors';
import { lifecycleOf } from '../../engine/logs/lifecycle';
import type { LogOptions } from '../../engine/logs/options';
import type { Divider } from '../../engine/logs/restarts';
import { say } from '../say';
import { divider, type OwnLine } from './line';

/** A container of the panel, where it is. */
export interface LogsSource {
  readonly engine: Engine;
  readonly id: string;
}

/** What happens to a container while it is followed. `failed` ends it, as `removed` does. */
export interface Happening {
  readonly state: 'following' | 'stopped' | 'removed' | 'failed';
  readonly problem?: string;
}

/**
 * What a container writes and what happens to it, until it is removed. A log that cannot be read ends with a divider
 * that says why: those of the others go on.
 */
export async function* follow(
  { engine, id }: LogsSource,
  options: LogOptions,
  happened: (happening: Happening) => void,
  signal: AbortSignal,
): AsyncGenerator<readonly OwnLine[]> {
  try {
    const lifecycle = lifecycleOf(engine, id, signal);
    for await (const item of engine.logs.followAcrossRestarts(id, options, lifecycle, signal)) {
      if ('kind' in item) {
        happened({ state: item.kind === 'stopped' ? 'stopped' : 'following' });
        yield [divider(item.time, sayDivider(item))];
      } else yield item;
    }
    happened({ state: 'removed' });
    yield [divider(Date.now(), l10n.t('The container was removed.'))];
  } catch (error) {
    if (toEngineError(error).kind === 'cancelled') throw error;
    happened({ state: 'failed', problem: say(error) });
    yield [divider(Date.now(), l10n.t('The log cannot be read any more. {0}', say(error)))];
  }
}

function sayDivider({ kind, exitCode }: Divider): string {
  switch (kind) {
    case 'started':
      return l10n.t('Started');
    case 'restarted':
      return l10n.t('Started again');
    case 'stopped':
      return exitCode === undefined ? l10n.t('Stopped') : l10n.t('Stopped with exit code {0}', exitCode);
  }
}

/** What a health check has found, in words; `undefined` for what it need not tell. */
export function sayHealth(detail: string): string | undefined {
  switch (detail) {
    case 'healthy':
      return l10n.t('Health check: healthy');
    case 'unhealthy':
      return l10n.t('Health check: unhealthy');
    default:
      return undefined;
  }
}
