/** ns of each of Go's units. */
const units: Readonly<Record<string, number>> = {
  ns: 1, us: 1e3, 'µs': 1e3, 'μs': 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3600e9,
}; // prettier-ignore

/** What is wrong with a duration of HEALTHCHECK; undefined for a good one. {0} is its text, {1} the flag. */
export function duration(text: string): string | undefined {
  if (text === '0') return undefined;
  const body = text.replace(/^[-+]/, '');
  if (body.length > 100 || !/^(?:\d+\.?\d*|\.\d+)/.test(body))
    return '"{0}" is no duration: write a number with a unit, such as 30s.';
  let total = 0;
  let rest = body;
  while (rest !== '') {
    const match = /^(\d+\.?\d*|\.\d+)([^\d.]*)/.exec(rest);
    const [all = '', amount = '', unit = ''] = match ?? [];
    if (all === '') return '"{0}" is no duration: write a number with a unit, such as 30s.';
    if (unit === '') return '"{0}" has no unit: write ms, s, m or h behind the number.';
    const factor = Object.hasOwn(units, unit) ? units[unit] : undefined;
    if (factor === undefined) return '"{0}" has a unit that is unknown: write ms, s, m or h.';
    total += Number(amount) * factor;
    rest = rest.slice(all.length);
  }
  if (text.startsWith('-')) return '--{1} cannot be negative.';
  return total > 0 && total < 1e6 ? '--{1} cannot be less than 1ms.' : undefined;
}
