export type Timestamps = 'off' | 'local' | 'utc';

const two = (value: number): string => String(value).padStart(2, '0');

/** A moment (ms since 1970) with its thousandths of a second, as it stands before a line. */
export function stamp(time: number, mode: Timestamps): string {
  const date = new Date(time);
  if (mode === 'utc') return date.toISOString().replace('T', ' ');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * The moment that someone means by `10m` (ago), `09:30` (of today), a date or seconds since 1970; `undefined` when it is
 * none of them. Without a zone it is of `mode`.
 */
export function momentOf(said: string, mode: Timestamps, now = Date.now()): number | undefined {
  const text = said.trim();
  if (/^\d{9,}(?:\.\d+)?$/.test(text)) return Number(text) * 1000;
  if (/^(?:\d+(?:\.\d+)?(?:ms|[smhd]))+$/.test(text)) {
    let ago = 0;
    for (const [, count, unit] of text.matchAll(/([\d.]+)(ms|[smhd])/g))
      ago += Number(count) * (UNITS[unit ?? ''] ?? 0);
    return now - ago;
  }
  const clock = /^(\d?\d:\d\d(?::\d\d(?:\.\d+)?)?)$/.exec(text)?.[1];
  const today = mode === 'utc' ? new Date(now).toISOString().slice(0, 10) : stamp(now, 'local').slice(0, 10);
  const date =
    clock === undefined
      ? text
      : `${today}T${clock.padStart(clock.indexOf(':') === 1 ? clock.length + 1 : 0, '0')}`;
  if (!/^\d{4}-\d\d-\d\d/.test(date)) return undefined;
  const whole = date.replace(' ', 'T').replace(/^(\d{4}-\d\d-\d\d)$/, '$1T00:00');
  const zoned = /(?:Z|[+-]\d\d:?\d\d)$/.test(whole.slice(10)) || mode !== 'utc' ? whole : `${whole}Z`;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? undefined : time;
}
