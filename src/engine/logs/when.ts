import { EngineError, sentence } from '../errors';

const DURATION = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h))+$/;

/** ms of Go's units of time. */
const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  // Two characters look alike: the sign for micro and the Greek letter.
  '\u00b5s': 1e-3,
  '\u03bcs': 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

const DATE = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d?)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?)?)?(Z|[+-]\d\d:\d\d)?$/;

/**
 * What `docker logs --since` and `--until` take, as the engine wants it: seconds since 1970, with up to nine decimals.
 * A duration (`1h30m`) counts back from `now` (ms), a date without a zone is local, seconds are passed on as they are.
 * Kind `invalid` for anything else. Reference: `api/types/time` of moby.
 */
export function parseWhen(said: string, now = Date.now()): string {
  const value = said.trim();
  if (/^\d+(?:\.\d{1,9})?$/.test(value)) return value;
  if (DURATION.test(value)) {
    let ms = 0;
    for (const [, count, unit] of value.matchAll(/([\d.]+)([a-z\u00b5\u03bc]+)/g))
      ms += Number(count) * (UNITS[unit ?? ''] ?? 0);
    return ((now - (value.startsWith('-') ? -ms : ms)) / 1000).toFixed(3);
  }
  const [, year, month, day, hour, minute, second, fraction, zone] = DATE.exec(value) ?? [];
  if (year !== undefined) {
    const parts = [
      Number(year),
      Number(month) - 1,
      Number(day),
      Number(hour ?? 0),
      Number(minute ?? 0),
      Number(second ?? 0),
    ] as const;
    const time = zone === undefined ? new Date(...parts).getTime() : Date.UTC(...parts) - offset(zone);
    if (isReal(parts)) return `${String(time / 1000)}.${(fraction ?? '').padEnd(9, '0')}`;
  }
  throw new EngineError(
    'invalid',
    sentence(
      '"{0}" is not a time. Write a duration such as 10m or 1h30m, or a date such as 2025-01-31T09:00:00.',
      said,
    ),
  );
}

/** Whether the calendar has such a time: JavaScript's own makes another day of the 30th of February. */
function isReal(parts: readonly [number, number, number, number, number, number]): boolean {
  const date = new Date(Date.UTC(...parts));
  const found = [
    date.getUTCFullYear(),
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ];
  return parts.every((part, index) => part === found[index]);
}

/** ms that a zone such as `+02:00` is ahead of UTC. */
function offset(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
