import { mergeLogs } from '../../engine/logs/merge';
import type { LogOptions } from '../../engine/logs/options';
import type { LogLine } from '../../engine/streams/lines';
import type { PanelLine } from './line';
import type { LogsSource } from './source';

/** ns since 1970 as the engine takes it. */
export function seconds(time: bigint): string {
  return `${String(time / 1_000_000_000n)}.${String(time % 1_000_000_000n).padStart(9, '0')}`;
}

/**
 * The time from which on the last `tail` lines of each of several logs are without a gap when they are put in one
 * order: that of the youngest of their first lines. `undefined` when there are none.
 */
export async function startOfWindow(
  sources: readonly LogsSource[],
  options: LogOptions,
  signal: AbortSignal,
): Promise<bigint | undefined> {
  const tails = await Promise.all(sources.map((source) => collect(source, options, signal)));
  return youngestFirst(tails.filter(({ length }) => length >= Number(options.tail)));
}

/**
 * The lines of several logs before `first`, so many that none of the time they cover is missing; none when there are
 * none. `seen`: of each log, the lines that are known from `first` on.
 */
export async function linesBefore(
  sources: readonly LogsSource[],
  first: bigint,
  wanted: { readonly lines: number; readonly seen: readonly number[]; readonly since: string | undefined },
  signal: AbortSignal,
): Promise<readonly PanelLine[]> {
  const { lines, seen, since } = wanted;
  const before = await Promise.all(
    sources.map(async (source, index) => {
      // The engine counts from the end of the log, whatever `until` says.
      const options = { tail: (seen[index] ?? 0) + lines, until: seconds(first), since };
      return (await collect(source, options, signal)).filter(({ time }) => time < first);
    }),
  );
  const start = youngestFirst(before) ?? 0n;
  const all = before.flatMap((own, source) =>
    own.filter(({ time }) => time >= start).map((line) => ({ ...line, source })),
  );
  return all.sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : a.source - b.source));
}

/** All lines before `first`, oldest first, as the engine reads them. */
export async function* allBefore(
  sources: readonly LogsSource[],
  first: bigint,
  since: string | undefined,
  signal: AbortSignal,
): AsyncGenerator<readonly PanelLine[]> {
  const logs = sources.map(({ engine, id }) =>
    engine.logs.lines(id, { until: seconds(first), since }, signal),
  );
  const [only] = logs;
  if (logs.length > 1) {
    for await (const lines of mergeLogs(logs, { window: Infinity }, signal))
      yield lines.filter(({ time }) => time < first);
  } else if (only) {
    for await (const lines of only)
      yield lines.filter(({ time }) => time < first).map((line) => ({ ...line, source: 0 }));
  }
}

async function collect(
  { engine, id }: LogsSource,
  options: LogOptions,
  signal: AbortSignal,
): Promise<readonly LogLine[]> {
  const all: LogLine[] = [];
  for await (const lines of engine.logs.lines(id, options, signal)) all.push(...lines);
  return all;
}

function youngestFirst(logs: readonly (readonly LogLine[])[]): bigint | undefined {
  let youngest: bigint | undefined;
  for (const [first] of logs)
    if (first && (youngest === undefined || first.time > youngest)) youngest = first.time;
  return youngest;
}
