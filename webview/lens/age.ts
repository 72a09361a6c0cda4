const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** How long ago, in the language of the editor: `3 weeks ago`; empty when nobody knows. */
export function age(time: number, now = Date.now(), language = document.documentElement.lang): string {
  // What a reproducible build writes for no time at all.
  if (time <= 0) return '';
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const gone = Math.max(0, now - time);
  const [unit, length] = STEPS.find(([, size]) => gone >= size) ?? ['minute', 60_000];
  return format.format(-Math.floor(gone / length), unit);
}
