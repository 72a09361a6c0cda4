import type { Logical, Word } from './logical';

export const isBlank = (char: string): boolean =>
  char === ' ' || char === '\t' || char === '\v' || char === '\f' || char === '\r';

export function skipBlanks(text: string, at: number): number {
  while (at < text.length && isBlank(text.charAt(at))) at += 1;
  return at;
}

/** Split at blanks alone, quotes or not: FROM, COPY, ADD, EXPOSE, VOLUME. */
export function plainWords(logical: Logical, from: number): Word[] {
  const { text } = logical;
  const words: Word[] = [];
  for (let at = skipBlanks(text, from); at < text.length; at = skipBlanks(text, at)) {
    const start = at;
    while (at < text.length && !isBlank(text.charAt(at))) at += 1;
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

export function quotedEnd(text: string, at: number, escape: string): number {
  let quote = '';
  for (; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (quote === '') {
      if (isBlank(char)) return at;
      if (char === '"' || char === "'") quote = char;
      else if (char === escape) at += 1;
    } else if (char === quote) quote = '';
    else if (char === escape && quote === '"') at += 1;
  }
  return Math.min(at, text.length);
}

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
export function unquote(text: string, escape: string): string {
  if (!/["'\\`]/.test(text)) return text;
  let out = '';
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charAt(at);
    if (char === escape && quote !== "'") {
      const next = text.charAt(at + 1);
      if (quote === '"' && next !== '"' && next !== '$' && next !== escape) out += char;
      else {
        out += next;
        at += 1;
      }
    } else if (quote === '' && (char === '"' || char === "'")) quote = char;
    else if (char === quote) quote = '';
    else out += char;
  }
  return out;
}
