/** Bytes in Docker's units. */
export function sizeText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB'];
  let at = 0;
  for (; bytes >= 1000 && at < units.length - 1; at += 1) bytes /= 1000;
  return `${bytes >= 100 || at === 0 ? String(Math.round(bytes)) : bytes.toFixed(1)} ${units[at] ?? ''}`;
}
