import type { StatsContainer, StatsPoint, StatsStrings } from '../../src/protocol/stats';
import { fill, moment } from '../shared/l10n';
import { binarySize, decimalSize, percent, rate } from '../shared/units';
import { isRunning } from './model';

/** What is written where a number is not known, or not any more. */
export const NOTHING = '–';

export interface Tile {
  readonly value: string;
  readonly note: string;
}

export type TileId = 'cpu' | 'memory' | 'network' | 'disk' | 'pids';

/** What the tiles say of a sample. */
export function tiles(point: StatsPoint | undefined, strings: StatsStrings): Record<TileId, Tile> {
  const nothing = { value: NOTHING, note: '' };
  if (!point) return { cpu: nothing, memory: nothing, network: nothing, disk: nothing, pids: nothing };
  const used = (point.cpuPercent / 100).toFixed(2);
  return {
    cpu: {
      value: percent(point.cpuPercent),
      note: fill(strings.cores, used, percent(point.cpuLimitPercent)),
    },
    memory: {
      value: memory(point),
      note: point.memoryPercent === undefined ? '' : fill(strings.ofLimit, percent(point.memoryPercent)),
    },
    network:
      point.netRx === undefined || point.netTx === undefined
        ? { value: strings.notAvailable, note: strings.hostNetwork }
        : {
            value: fill(strings.networkRates, maybeRate(point.netRxRate), maybeRate(point.netTxRate)),
            note: fill(strings.totals, decimalSize(point.netRx), decimalSize(point.netTx)),
          },
    disk: {
      value: fill(strings.diskRates, maybeRate(point.blockReadRate), maybeRate(point.blockWriteRate)),
      note: fill(strings.totals, decimalSize(point.blockRead), decimalSize(point.blockWrite)),
    },
    pids: { value: String(point.pids ?? strings.notAvailable), note: '' },
  };
}

function maybeRate(bytes: number | undefined): string {
  return bytes === undefined ? NOTHING : rate(bytes);
}

/** Used and limit, as `docker stats` writes them. */
export function memory({ memoryUsed, memoryLimit }: StatsPoint): string {
  const used = binarySize(memoryUsed);
  return memoryLimit === undefined ? used : `${used} / ${binarySize(memoryLimit)}`;
}

/** Why there are no new numbers, in whole sentences; empty when there are. */
export function notice(container: StatsContainer, strings: StatsStrings, now: number): string {
  if (container.problem !== undefined) return `${container.problem} ${strings.goesOn}`;
  if (container.state === 'removed') return strings.removed;
  if (container.state === 'paused') return strings.paused;
  if (container.state === 'unknown' || isRunning(container)) return '';
  if (container.state === 'created') return `${strings.notStarted} ${strings.startsAgain}`;
  const since =
    container.since === undefined ? '' : fill(strings.notRunningSince, moment(container.since, now));
  const code = container.exitCode === undefined ? '' : fill(strings.exitCode, container.exitCode);
  return [since, code, strings.startsAgain].filter((sentence) => sentence !== '').join(' ');
}
