/** Aligned columns: times (ms), then one column of values per line; `null` where a line is interrupted. */
export type ChartData = readonly [
  times: readonly number[],
  // `undefined`: another line has a value at this time; the line goes on over it.
  ...lines: readonly (readonly (number | null | undefined)[])[],
];

/**
 * The smallest round number that is not below `value`: 1, 2 or 5 times a power of ten, counted in units of `base`
 * (1024: 512 MiB is round, 500,000,000 is not).
 */
export function roundUp(value: number, base: 1000 | 1024): number {
  if (!(value > 0)) return 1;
  let unit = 1;
  while (base === 1024 && value > unit * base) unit *= base;
  const inUnits = value / unit;
  const power = 10 ** Math.floor(Math.log10(inUnits));
  const step = [1, 2, 5, 10].find((round) => inUnits <= round * power) ?? 10;
  const round = step * power;
  return (base === 1024 && round >= 1000 ? base : round) * unit;
}

/** The index of the time nearest to `time` at which the line has a value; `undefined` when it has none at all. */
export function nearest(
  times: readonly number[],
  line: readonly (number | null | undefined)[],
  time: number,
): number | undefined {
  let best: number | undefined;
  times.forEach((candidate, index) => {
    if (typeof line[index] !== 'number') return;
    if (best === undefined || Math.abs(candidate - time) < Math.abs((times[best] ?? 0) - time)) best = index;
  });
  return best;
}

/** How many pieces a line has between its interruptions. */
export function pieces(line: readonly (number | null | undefined)[]): number {
  let count = 0;
  let drawing = false;
  for (const value of line) {
    if (typeof value === 'number' && !drawing) count++;
    if (value !== undefined) drawing = value !== null;
  }
  return count;
}

/** Where a line has a value between two interruptions, or ends of it. */
export function alone(line: readonly (number | null | undefined)[]): number[] {
  const own = [...line.keys()].filter((index) => line[index] !== undefined);
  const there = (index: number | undefined): boolean => index !== undefined && line[index] !== null;
  return own.filter((index, at) => there(index) && !there(own[at - 1]) && !there(own[at + 1]));
}

/** The data of several charts as that of one: each line keeps its values, at all the times that any of them has. */
export function together(all: readonly ChartData[]): ChartData {
  const times = [...new Set(all.flatMap(([own]) => own))].sort((a, b) => a - b);
  const lines = all.flatMap(([own, ...columns]) =>
    columns.map((column) => {
      const at = new Map(own.map((time, index) => [time, column[index]]));
      return times.map((time) => at.get(time));
    }),
  );
  return [times, ...lines];
}
