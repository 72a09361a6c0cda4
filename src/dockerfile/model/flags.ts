import type { Logical, Word } from './logical';
import type { Span } from './text';
import { quotedEnd, skipBlanks, unquote } from './words';

/** `--name` or `--name=value`, before the arguments. */
export interface Flag extends Word {
  /** Without dashes. */
  readonly name: string;
  readonly nameSpan: Span;
  /** Without quotes; undefined without `=`. */
  readonly value: string | undefined;
  readonly valueSpan: Span | undefined;
}

/** One `key=value` of a flag such as `--mount`. */
export interface FlagOption extends Word {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: string | undefined;
  readonly valueSpan: Span | undefined;
}

/** The flags, and where in the line the arguments begin. A lone `--` ends them. */
export function readFlags(logical: Logical, from: number, escape: string): { flags: Flag[]; next: number } {
  const { text } = logical;
  const flags: Flag[] = [];
  let at = skipBlanks(text, from);
  while (text.startsWith('--', at)) {
    const end = quotedEnd(text, at, escape);
    const word = logical.word(at, end);
    at = skipBlanks(text, end);
    if (word.text === '--') break;
    const equals = word.text.indexOf('=');
    const nameEnd = word.at + (equals < 0 ? word.text.length : equals);
    flags.push({
      text: word.text,
      at: word.at,
      start: word.start,
      end: word.end,
      name: text.slice(word.at + 2, nameEnd),
      nameSpan: logical.spanOf(word.at, nameEnd),
      value: equals < 0 ? undefined : unquote(word.text.slice(equals + 1), escape),
      valueSpan: equals < 0 ? undefined : logical.spanOf(nameEnd + 1, word.at + word.text.length),
    });
  }
  return { flags, next: at };
}

/** The parts of a flag's value, as `--mount=type=bind,source=x` has them. Quotes keep a comma. */
export function flagOptions(logical: Logical, flag: Flag): FlagOption[] {
  if (flag.value === undefined) return [];
  const options: FlagOption[] = [];
  const end = flag.at + flag.text.length;
  let start = flag.at + flag.text.indexOf('=') + 1;
  let quote = '';
  for (let at = start; at <= end; at += 1) {
    const char = at === end ? ',' : logical.text.charAt(at);
    if (quote !== '') {
      if (char === quote) quote = '';
      if (at < end) continue;
    } else if (char === '"' || char === "'") quote = char;
    if (char !== ',') continue;
    options.push(optionOf(logical, start, at));
    start = at + 1;
  }
  return options;
}

function optionOf(logical: Logical, from: number, to: number): FlagOption {
  const word = logical.word(from, to);
  const equals = word.text.indexOf('=');
  const keyEnd = equals < 0 ? to : from + equals;
  const { text, at, start, end } = word;
  const plain = /["']/.test(text) ? (part: string) => part.replace(/["']/g, '') : (part: string) => part;
  return {
    text,
    at,
    start,
    end,
    key: plain(text.slice(0, keyEnd - from))
      .trim()
      .toLowerCase(),
    keySpan: logical.spanOf(from, keyEnd),
    value: equals < 0 ? undefined : plain(text.slice(equals + 1)),
    valueSpan: equals < 0 ? undefined : logical.spanOf(keyEnd + 1, to),
  };
}
