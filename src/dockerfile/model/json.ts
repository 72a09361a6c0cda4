import type { Logical } from './logical';
import type { Span } from './text';

export interface JsonString extends Span {
  /** As JSON reads it. */
  readonly value: string;
}

/** The JSON form of an instruction: `["executable", "argument"]`. */
export interface JsonForm extends Span {
  readonly items: readonly JsonString[];
}

/** Undefined unless all that stands there is a JSON array of strings: the builder then takes it as a shell's line. */
export function parseJson(logical: Logical, from: number): JsonForm | undefined {
  const { text } = logical;
  const rest = text.slice(from).trim();
  if (!rest.startsWith('[') || !rest.endsWith(']')) return undefined;
  let values: unknown;
  try {
    values = JSON.parse(rest);
  } catch {
    return undefined;
  }
  if (!Array.isArray(values) || !values.every((value) => typeof value === 'string')) return undefined;
  const start = text.indexOf('[', from);
  const items: JsonString[] = [];
  let at = start + 1;
  for (const value of values as readonly string[]) {
    const open = text.indexOf('"', at);
    let close = open + 1;
    while (text.charAt(close) !== '"') close += text.charAt(close) === '\\' ? 2 : 1;
    items.push({ value, ...logical.spanOf(open, close + 1) });
    at = close + 1;
  }
  return { items, ...logical.spanOf(start, start + rest.length) };
}
