import type { DetailsPath } from '../../src/protocol/details';

/** Fields of a value of unknown shape; none when it has none. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function number(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

/** What is inside an object or a list, in its order; `undefined` for anything else. */
export function inside(value: unknown): readonly (readonly [string | number, unknown])[] | undefined {
  if (Array.isArray(value)) return value.map((item: unknown, index) => [index, item] as const);
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value);
}

/** A path as one would write it in a program: `Config.Labels["a.b"][0]`. */
export function pathText(path: DetailsPath): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `[${JSON.stringify(key)}]`;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}

/** The places whose name or value has `query` in it, in the order of the document, at most `most` of them. */
export function search(value: unknown, query: string, most = 1000): readonly DetailsPath[] {
  const found: DetailsPath[] = [];
  const wanted = query.toLowerCase();
  const walk = (item: unknown, path: DetailsPath): void => {
    const children = inside(item);
    const key = path.at(-1);
    const named = typeof key === 'string' && key.toLowerCase().includes(wanted);
    const valued = !children && String(item).toLowerCase().includes(wanted);
    if (path.length > 0 && (named || valued)) found.push(path);
    for (const [name, child] of children ?? []) {
      if (found.length >= most) return;
      walk(child, [...path, name]);
    }
  };
  if (wanted !== '') walk(value, []);
  return found;
}
