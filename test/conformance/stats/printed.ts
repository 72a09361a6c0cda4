import type { StatsSample } from '../../../src/engine/stats/sample';

/** What `docker stats --format '{{json .}}'` prints of a container. */
export interface Printed {
  readonly CPUPerc: string;
  readonly MemPerc: string;
  readonly MemUsage: string;
  readonly NetIO: string;
  readonly BlockIO: string;
  readonly PIDs: string;
}

/** Our sample as the CLI would print it (`formatter_stats.go`, with the sizes of `go-units`). */
export function printed(sample: StatsSample): Printed {
  const io = (one: number, other: number): string => `${size(one, 1000, 3)} / ${size(other, 1000, 3)}`;
  return {
    CPUPerc: percent(sample.cpuPercent),
    MemPerc: percent(sample.memoryPercent ?? 0),
    MemUsage: `${size(sample.memoryUsed, 1024, 4)} / ${size(sample.memoryLimit ?? 0, 1024, 4)}`,
    NetIO: io(sample.netRx ?? 0, sample.netTx ?? 0),
    BlockIO: io(sample.blockRead, sample.blockWrite),
    PIDs: String(sample.pids ?? 0),
  };
}

/** As `%.2f%%` of Go: 3.125, which is 4 of 128 MiB, lies exactly in the middle, and goes to the even neighbour. */
function percent(value: number): string {
  const [whole = '', fraction = ''] = value.toFixed(60).split('.');
  const isMiddle = /^50*$/.test(fraction.slice(2));
  return `${isMiddle && Number(fraction[1]) % 2 === 0 ? `${whole}.${fraction.slice(0, 2)}` : value.toFixed(2)}%`;
}

function size(bytes: number, base: 1000 | 1024, digits: number): string {
  const units = base === 1000 ? ['B', 'kB', 'MB', 'GB', 'TB'] : ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  for (; value >= base && unit < units.length - 1; unit++) value /= base;
  const rounded = roundToEven(value, digits);
  // Go's %g turns to powers of ten where the digits do not reach.
  const said = rounded >= 10 ** digits ? rounded.toExponential().replace('+', '+0') : String(rounded);
  return `${said}${units[unit] ?? ''}`;
}

/** To so many digits; what lies exactly in the middle goes to the even neighbour in Go, and up in JavaScript. */
function roundToEven(value: number, digits: number): number {
  const up = Number(value.toPrecision(digits));
  // All digits that a number has: 23.85 is a little more than that, and so in no middle.
  const [whole = '', fraction = ''] = value.toFixed(60).split('.');
  const isMiddle = value >= 1 && /^50*$/.test(fraction.slice(digits - whole.length));
  const step = 10 ** (whole.length - digits);
  return isMiddle && Math.round(up / step) % 2 === 1 ? Number((up - step).toPrecision(digits)) : up;
}
