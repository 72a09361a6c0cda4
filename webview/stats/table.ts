import type { StatsStrings } from '../../src/protocol/stats';
import { SortableGrid } from '../shared/grid';
import type { Column, Sort } from '../shared/sort';
import { decimalSize, percent } from '../shared/units';
import type { StatsRow } from './model';
import { memory, NOTHING } from './words';

/** All containers in the columns of `docker stats`; with the engine when they are of several. */
export function statsTable(
  strings: StatsStrings,
  options: {
    severalEngines: boolean;
    sort: Sort;
    onSort: (sort: Sort) => void;
    onSelect: (key: string) => void;
  },
): SortableGrid<StatsRow> {
  const engine: Column<StatsRow> = {
    id: 'engine',
    title: strings.engine,
    width: 'minmax(6em, 1fr)',
    text: ({ container }) => container.engine,
    value: ({ container }) => container.engine,
  };
  return new SortableGrid<StatsRow>({
    label: strings.containers,
    columns: [...(options.severalEngines ? [engine] : []), ...statsColumns(strings)],
    key: ({ container }) => container.key,
    sort: options.sort,
    onSort: options.onSort,
    onSelect: options.onSelect,
  });
}

export function statsColumns(strings: StatsStrings): readonly Column<StatsRow>[] {
  return [
    {
      id: 'name',
      title: strings.name,
      width: 'minmax(8em, 2fr)',
      text: ({ container }) => container.name,
      value: ({ container }) => container.name,
    },
    {
      id: 'state',
      title: strings.state,
      width: 'minmax(6em, 1fr)',
      text: ({ container }) => strings[`state.${container.state}`],
      value: ({ container }) => strings[`state.${container.state}`],
    },
    {
      id: 'cpu',
      title: strings.cpu,
      width: 'minmax(5em, 1fr)',
      numeric: true,
      text: ({ point }) => (point ? percent(point.cpuPercent) : NOTHING),
      value: ({ point }) => point?.cpuPercent,
    },
    {
      id: 'memory',
      title: strings.memoryUsage,
      width: 'minmax(11em, 2fr)',
      numeric: true,
      text: ({ point }) => (point ? memory(point) : NOTHING),
      value: ({ point }) => point?.memoryUsed,
    },
    {
      id: 'memoryPercent',
      title: strings.memoryPercent,
      width: 'minmax(5em, 1fr)',
      numeric: true,
      text: ({ point }) => (point?.memoryPercent === undefined ? NOTHING : percent(point.memoryPercent)),
      value: ({ point }) => point?.memoryPercent,
    },
    {
      id: 'network',
      title: strings.network,
      width: 'minmax(9em, 2fr)',
      numeric: true,
      text: ({ point }) => pair(point && [point.netRx, point.netTx], strings),
      value: ({ point }) => (point?.netRx === undefined ? undefined : point.netRx + (point.netTx ?? 0)),
    },
    {
      id: 'disk',
      title: strings.disk,
      width: 'minmax(9em, 2fr)',
      numeric: true,
      text: ({ point }) => pair(point && [point.blockRead, point.blockWrite], strings),
      value: ({ point }) => point && point.blockRead + point.blockWrite,
    },
    {
      id: 'pids',
      title: strings.pids,
      width: 'minmax(4em, 1fr)',
      numeric: true,
      text: ({ point }) => String(point?.pids ?? NOTHING),
      value: ({ point }) => point?.pids,
    },
  ];
}

function pair(
  bytes: readonly [number | undefined, number | undefined] | undefined,
  strings: StatsStrings,
): string {
  if (!bytes) return NOTHING;
  const [a, b] = bytes;
  return a === undefined || b === undefined ? strings.notAvailable : `${decimalSize(a)} / ${decimalSize(b)}`;
}
