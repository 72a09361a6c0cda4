/** The names in a line; the last one is what is being typed, empty after a blank. */
export function wordsOf(line: string): { readonly done: readonly string[]; readonly last: string } {
  const words = line.split(/[\s,]+/);
  const last = words.pop() ?? '';
  return { done: words.filter(Boolean), last };
}
