/** Aligned columns: times (ms), then one column of values per line; `null` where a line is interrupted. */
export type ChartData = readonly [
  times: readonly number[],
  ...lines: readonly (readonly (number | null)[])[],
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

/**
 * The path of one line in a box of `width` x `height`, time from `from` to `to` and values from 0 to `top`.
 * A value alone between two interruptions becomes a dot: a line of no length with round ends.
 */
export function linePath(
  times: readonly number[],
  values: readonly (number | null)[],
  box: { from: number; to: number; top: number; width: number; height: number },
): string {
  const span = Math.max(1, box.to - box.from);
  let path = '';
  let drawing = false;
  values.forEach((value, index) => {
    const time = times[index];
    if (value === null || time === undefined || time < box.from) {
      drawing = false;
      return;
    }
    const x = (((time - box.from) / span) * box.width).toFixed(1);
    const y = (box.height - (Math.min(value, box.top) / box.top) * box.height).toFixed(1);
    path += drawing ? `L${x} ${y}` : `M${x} ${y}h0`;
    drawing = true;
  });
  return path;
}

/** The index of the time nearest to `time` that has a value in any line; `undefined` when there is none. */
export function nearest([times, ...lines]: ChartData, time: number): number | undefined {
  let best: number | undefined;
  times.forEach((candidate, index) => {
    if (!lines.some((line) => typeof line[index] === 'number')) return;
    if (best === undefined || Math.abs(candidate - time) < Math.abs((times[best] ?? 0) - time)) best = index;
  });
  return best;
}
