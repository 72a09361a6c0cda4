/** The name that was probably meant: fewer than three letters apart, and the nearest of them. */
export function suggest(name: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = 3;
  const wanted = name.toLowerCase();
  for (const other of names) {
    if (Math.abs(other.length - name.length) >= least) continue;
    const distance = levenshtein(wanted, other.toLowerCase());
    if (distance < least) {
      best = other;
      least = distance;
    }
  }
  return best;
}

function levenshtein(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const cost = one.charAt(i - 1) === other.charAt(j - 1) ? 0 : 1;
      next.push(Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + cost));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
