import { isBlank } from './text';
import type { Logical, Word } from './logical';

export function skipBlanks(text: string, at: number): number {
  while (at < text.length && isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

/** Split at blanks alone, quotes or not: FROM, COPY, ADD, EXPOSE, VOLUME. */
export function plainWords(logical: Logical, from: number): Word[] {
  const { text } = logical;
  const words: Word[] = [];
  for (let at = skipBlanks(text, from); at < text.length; at = skipBlanks(text, at)) {
    const start = at;
    while (at < text.length && !isBlank(text.charCodeAt(at))) at += 1;
    words.push(logical.word(start, at));
  }
  return words;
}

/** Split at blanks outside of quotes: ENV, LABEL, ARG, flags. The quotes stay in the text. */
export function quotedWords(logical: Logical, from: number, escape: string): Word[] {
  const { text } = logical;
  const words: Word[] = [];
  for (let at = skipBlanks(text, from); at < text.length; at = skipBlanks(text, at)) {
    const end = quotedEnd(text, at, escape);
    words.push(logical.word(at, end));
    at = end;
  }
  return words;
}

/** Where the word ends that begins here: at a blank outside of quotes. */
export function quotedEnd(text: string, at: number, escape: string): number {
  const escapes = escape.charCodeAt(0);
  let quote = 0;
  for (; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (quote === 0 && isBlank(code)) return at;
    if (code === escapes && quote !== SINGLE) at += 1;
    else if (quote === 0 && (code === DOUBLE || code === SINGLE)) quote = code;
    else if (code === quote) quote = 0;
  }
  return Math.min(at, text.length);
}

const DOUBLE = 34;
const SINGLE = 39;

/** The quote that is opened in this text and never closed. */
export function openQuote(text: string, escape: string): string | undefined {
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === escape && quote !== "'") at += 1;
    else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
  }
  return quote === '' ? undefined : quote;
}

/** As the builder takes it: without quotes and escapes. */
export const unquote = (text: string, escape: string): string =>
  /["'\\`]/.test(text) ? unquoted(text, 0, text.length, escape) : text;

/** What stands in the place of a `$`, and where the text goes on behind it. */
export type Dollar = (at: number) => { readonly value: string; readonly next: number } | undefined;

/** A stretch without quotes and escapes, `$` replaced where `dollar` tells by what. */
export function unquoted(
  text: string,
  from: number,
  to: number,
  escape: string,
  dollar?: Dollar,
  longest = Infinity,
): string {
  let out = '';
  let quote = '';
  for (let at = from; at < to && out.length < longest; at += 1) {
    const char = text.charAt(at);
    if (char === escape && quote !== "'") {
      const next = text.charAt(at + 1);
      // Within double quotes an escape character counts in front of few others.
      if (quote === '"' && next !== '"' && next !== '$' && next !== escape) out += char;
      else {
        out += next;
        at += 1;
      }
      continue;
    }
    if ((char === '"' || char === "'") && (quote === '' || quote === char)) {
      quote = quote === '' ? char : '';
      continue;
    }
    const given = char === '$' && quote !== "'" ? dollar?.(at) : undefined;
    out += given ? given.value : char;
    if (given) at = given.next - 1;
  }
  return out;
}
