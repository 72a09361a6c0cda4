import { maskValue, maskWords } from '../../engine/run/commandLine/secrets';
import type { DetailsPath } from '../../protocol/details';

/** A copy of an inspect object without its secrets, and the places (as JSON of the path) where one was. */
export function masked(inspected: unknown): { readonly value: unknown; readonly places: readonly string[] } {
  const places: string[] = [];
  const walk = (value: unknown, path: DetailsPath): unknown => {
    if (Array.isArray(value)) {
      // Environment and commands: `NAME=value`, `--password value`.
      const words = maskWords(value.map((item) => (typeof item === 'string' ? item : '')));
      return value.map((item: unknown, index) =>
        typeof item === 'string'
          ? place(item, words[index] ?? '', [...path, index])
          : walk(item, [...path, index]),
      );
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, item]: [string, unknown]) => {
        const at = [...path, key];
        return [key, typeof item === 'string' ? place(item, maskValue(key, item), at) : walk(item, at)];
      }),
    );
  };
  const place = (before: string, after: string, path: DetailsPath): string => {
    if (before !== after) places.push(JSON.stringify(path));
    return after;
  };
  return { value: walk(inspected, []), places };
}

/** What stands at a place, as text: a string as it is, anything else as JSON. `path` is of unknown shape. */
export function valueAt(inspected: unknown, path: unknown): string {
  let value = inspected;
  for (const key of Array.isArray(path) ? (path as unknown[]) : []) {
    const inside = typeof value === 'object' && value !== null && Object.hasOwn(value, String(key));
    value = inside ? (value as Record<string, unknown>)[String(key)] : undefined;
  }
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
}
