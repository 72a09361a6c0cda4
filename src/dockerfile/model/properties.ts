import type { Logical, Word } from './logical';
import type { Span } from './text';
import { quotedWords, skipBlanks } from './words';

/** One `name=value` of ARG, ENV or LABEL. */
export interface Property extends Word {
  /** As written. */
  readonly name: string;
  readonly nameSpan: Span;
  /** With its quotes; undefined without `=`. */
  readonly value: string | undefined;
  readonly valueSpan: Span | undefined;
  /** Where the value begins in the logical line. */
  readonly valueAt: number;
  /** `ENV name value`. */
  readonly legacy: boolean;
}

export function readProperties(logical: Logical, from: number, keyword: string, escape: string): Property[] {
  const words = quotedWords(logical, from, escape);
  const [first] = words;
  if (first && keyword !== 'ARG' && !first.text.includes('=')) {
    const { text } = logical;
    let end = text.length;
    while (end > 0 && /\s/.test(text.charAt(end - 1))) end -= 1;
    const nameEnd = first.at + first.text.length;
    const valueAt = skipBlanks(text, nameEnd);
    return [
      propertyOf(
        logical,
        first.at,
        Math.max(end, nameEnd),
        nameEnd,
        valueAt < end ? valueAt : undefined,
        true,
      ),
    ];
  }
  return words.map((word) => {
    const equals = word.text.indexOf('=');
    const end = word.at + word.text.length;
    if (equals < 0) return propertyOf(logical, word.at, end, end, undefined, false);
    return propertyOf(logical, word.at, end, word.at + equals, word.at + equals + 1, false);
  });
}

function propertyOf(
  logical: Logical,
  from: number,
  to: number,
  nameEnd: number,
  valueAt: number | undefined,
  legacy: boolean,
): Property {
  const { text, at, start, end } = logical.word(from, to);
  const name = text.slice(0, nameEnd - from);
  return {
    text,
    at,
    start,
    end,
    name: /^["']/.test(name) ? name.replace(/^(["'])(.*)\1$/, '$2') : name,
    nameSpan: logical.spanOf(from, nameEnd),
    value: valueAt === undefined ? undefined : logical.text.slice(valueAt, to),
    valueSpan: valueAt === undefined ? undefined : logical.spanOf(valueAt, to),
    valueAt: valueAt ?? nameEnd,
    legacy,
  };
}
