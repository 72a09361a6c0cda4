/** What was asked for, as against what is there anyway: undefined says nothing was. */

export function unset(value: string, usual = ''): string | undefined {
  return value === '' || value === usual ? undefined : value;
}

export function filled(values: readonly string[]): string[] | undefined {
  return values.length === 0 ? undefined : [...values];
}

export function filledMap(
  entries: readonly (readonly [string, string])[],
): Record<string, string> | undefined {
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

export function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((item, index) => item === other[index]);
}
