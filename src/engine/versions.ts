/** The newest API this code was tested with; a newer engine is spoken to at this version. */
export const NEWEST_API = '1.51';

/** The oldest API this code was tested with (Docker 20.10). */
export const OLDEST_API = '1.41';

/** -1, 0 or 1, comparing `1.9` and `1.41` by their numbers. */
export function compareVersions(a: string, b: string): number {
  const left = a.split('.').map(Number);
  const right = b.split('.').map(Number);
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}
