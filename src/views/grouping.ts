/** Items by a key of theirs, in the order in which the keys first appear. */
export function groupedBy<T>(items: Iterable<T>, key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const known = groups.get(key(item));
    if (known) known.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}

/** Compares names as people sort them: `web-2` before `web-10`. The same in every language, so that rows stay put. */
export const { compare } = new Intl.Collator('en', { numeric: true });
