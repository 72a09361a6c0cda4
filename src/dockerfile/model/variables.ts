import type { Logical } from './logical';
import type { Span } from './text';
import { unquoted } from './words';

/** `$name`, `${name}` or `${name:-word}`. */
export interface Variable extends Span {
  readonly name: string;
  readonly nameSpan: Span;
  /** What follows the name in braces: `:-`, `-`, `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/`, `//`. */
  readonly modifier: string | undefined;
  /** Where the word after the modifier begins and ends in the logical line. */
  readonly word: readonly [number, number] | undefined;
  readonly at: number;
  readonly to: number;
}

interface Found {
  readonly at: number;
  readonly to: number;
  readonly name: string;
  readonly nameAt: number;
  readonly modifier: string | undefined;
  readonly word: readonly [number, number] | undefined;
}

const names = /[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?!$-]/y;
const modifiers = /:?[-+?]|##?|%%?|\/\/?/y;

/** Depth is bounded: a name within a default within a default. */
const deepest = 20;

/** The variables of a stretch, those in the words of others included. Single quotes keep them from being any. */
export function variablesIn(logical: Logical, from: number, to: number, escape: string): Variable[] {
  const found: Found[] = [];
  collect(logical.text, from, to, escape, found, 0);
  return found.map(({ at, to: stop, name, nameAt, modifier, word }) => {
    const { start, end } = logical.spanOf(at, stop);
    const nameSpan = logical.spanOf(nameAt, nameAt + name.length);
    return { name, modifier, word, at, to: stop, nameSpan, start, end };
  });
}

function collect(
  text: string,
  from: number,
  to: number,
  escape: string,
  found: Found[],
  depth: number,
): void {
  let quote = '';
  for (let at = from; at < to; at += 1) {
    const char = text.charAt(at);
    if (char === escape && quote !== "'") at += 1;
    else if (char === "'" || char === '"') {
      if (quote === '') quote = char;
      else if (quote === char) quote = '';
    } else if (char === '$' && quote !== "'") {
      const one = readDollar(text, at, to, escape);
      if (!one) continue;
      found.push(one);
      if (one.word && depth < deepest) collect(text, one.word[0], one.word[1], escape, found, depth + 1);
      at = one.to - 1;
    }
  }
}

function readDollar(text: string, at: number, to: number, escape: string): Found | undefined {
  const braced = text.charAt(at + 1) === '{';
  const nameAt = at + (braced ? 2 : 1);
  names.lastIndex = nameAt;
  const name = names.exec(text)?.[0];
  if (name === undefined || nameAt + name.length > to) return undefined;
  const after = nameAt + name.length;
  if (!braced) return { at, to: after, name, nameAt, modifier: undefined, word: undefined };
  if (text.charAt(after) === '}')
    return { at, to: after + 1, name, nameAt, modifier: undefined, word: undefined };
  modifiers.lastIndex = after;
  const modifier = modifiers.exec(text)?.[0];
  if (modifier === undefined) return undefined;
  const wordAt = after + modifier.length;
  const close = closingBrace(text, wordAt, to, escape);
  return { at, to: Math.min(close + 1, to), name, nameAt, modifier, word: [wordAt, close] };
}

function closingBrace(text: string, at: number, to: number, escape: string): number {
  let depth = 0;
  for (; at < to; at += 1) {
    const char = text.charAt(at);
    if (char === escape) at += 1;
    else if (char === '$' && text.charAt(at + 1) === '{') depth += 1;
    else if (char === '}') {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return Math.min(at, to);
}

/** What a name stands for; undefined when it is not set. */
export type Lookup = (name: string) => string | undefined;

export interface Expanded {
  readonly value: string;
  /** Names without a value, and without a default where they stand. */
  readonly unset: readonly string[];
}

/** A value that is built from itself again and again stays small. */
const longest = 4096;

/** The value of a word: quotes and escapes removed, variables replaced. What patterns cut off is left in. */
export function expand(text: string, escape: string, lookup: Lookup): Expanded {
  if (!/[$"'\\`]/.test(text)) return { value: text, unset: [] };
  const unset: string[] = [];
  return { value: expandPart(text, 0, text.length, escape, lookup, unset, 0).slice(0, longest), unset };
}

function expandPart(
  text: string,
  from: number,
  to: number,
  escape: string,
  lookup: Lookup,
  unset: string[],
  depth: number,
): string {
  const dollar = (at: number): { value: string; next: number } | undefined => {
    const one = readDollar(text, at, to, escape);
    return one && { value: valueOf(one, text, escape, lookup, unset, depth), next: one.to };
  };
  return unquoted(text, from, to, escape, dollar, longest);
}

function valueOf(
  { name, modifier, word }: Found,
  text: string,
  escape: string,
  lookup: Lookup,
  unset: string[],
  depth: number,
): string {
  const value = lookup(name);
  const kind = modifier?.at(-1);
  if (value === undefined && kind !== '-' && kind !== '+' && kind !== '?') unset.push(name);
  if (!modifier || !word || (kind !== '-' && kind !== '+')) return value ?? '';
  const has = value !== undefined && (value !== '' || !modifier.startsWith(':'));
  if (has !== (kind === '+')) return kind === '+' ? '' : (value ?? '');
  return depth < deepest ? expandPart(text, word[0], word[1], escape, lookup, unset, depth + 1) : '';
}
