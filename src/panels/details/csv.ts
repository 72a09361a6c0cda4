import type { DetailsMark } from '../../protocol/details';
import type { StatsPoint } from '../../protocol/stats';

const COLUMNS = [
  'cpuPercent',
  'cpuLimitPercent',
  'memoryUsed',
  'memoryLimit',
  'netRx',
  'netTx',
  'netRxRate',
  'netTxRate',
  'blockRead',
  'blockWrite',
  'blockReadRate',
  'blockWriteRate',
  'pids',
] as const satisfies readonly (keyof StatsPoint)[];

/** Samples and events in the order of time, a line each; bytes, bytes per second and percent. */
export function toCsv(points: readonly StatsPoint[], marks: readonly DetailsMark[]): string {
  const rows = [
    ...points.map((point) => ({
      time: point.time,
      cells: [...COLUMNS.map((column) => point[column] ?? ''), ''],
    })),
    ...marks.map(({ time, kind, detail }) => ({
      time,
      // Words of ours and of the engine, none of the container's.
      cells: [...COLUMNS.map(() => ''), `${kind} ${detail.replace(/[^\w-]/g, '')}`.trim()],
    })),
  ].sort((a, b) => a.time - b.time);
  const lines = rows.map(({ time, cells }) => [new Date(time).toISOString(), ...cells].join(','));
  return [['time', ...COLUMNS, 'event'].join(','), ...lines, ''].join('\n');
}
