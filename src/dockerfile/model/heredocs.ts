import type { Lines, Span } from './text';
import type { Logical } from './logical';
import { quotedEnd, skipBlanks, unquote } from './words';

/** A here-document: `<<EOF` on the instruction's line and the lines that it takes from below. */
export interface Heredoc {
  readonly name: string;
  /** From its file descriptor or `<<` to the end of the name. */
  readonly opener: Span;
  readonly nameSpan: Span;
  /** `<<-`: leading tabs are dropped. */
  readonly chomp: boolean;
  /** Not quoted: variables are replaced. */
  readonly expand: boolean;
  readonly fd: number;
  /** The lines between opener and delimiter. */
  readonly content: Span;
  readonly firstLine: number;
  /** The line with the delimiter; undefined when the file ends before it. */
  readonly delimiterLine: number | undefined;
}

interface Opener {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly nameFrom: number;
  readonly chomp: boolean;
  readonly expand: boolean;
  readonly fd: number;
}

/** The heredocs that a logical line opens, in the words of a shell: not inside of quotes, not `<<<`. */
export function openers(text: string, from: number, escape: string): Opener[] {
  if (!text.includes('<<', from)) return [];
  const found: Opener[] = [];
  for (let at = skipBlanks(text, from); at < text.length; at = skipBlanks(text, at)) {
    const start = at;
    const digits = /^\d{0,9}/.exec(text.slice(at, at + 10))?.[0].length ?? 0;
    const opens = text.startsWith('<<', at + digits);
    let nameFrom = at + digits + 2;
    const chomp = opens && text.charAt(nameFrom) === '-';
    if (chomp) nameFrom += 1;
    if (opens) nameFrom = skipBlanks(text, nameFrom);
    at = quotedEnd(text, opens ? nameFrom : start, escape);
    const raw = text.slice(nameFrom, at);
    if (!opens || raw === '' || raw.includes('<')) {
      if (at === start) at += 1;
      continue;
    }
    const fd = Number(text.slice(start, start + digits));
    found.push({
      name: unquote(raw, '\\'),
      from: start,
      to: at,
      nameFrom,
      chomp,
      expand: !/["']/.test(raw),
      fd,
    });
  }
  return found;
}

/** Reads the bodies of these openers from `line` on. */
export function readHeredocs(
  lines: Lines,
  logical: Logical,
  opened: readonly Opener[],
  line: number,
): Heredoc[] {
  return opened.map(({ name, from, to, nameFrom, chomp, expand, fd }) => {
    const firstLine = line;
    while (line < lines.count) {
      const text = lines.textOf(line);
      if (text.length < name.length + 4000 && (chomp ? text.replace(/^\t+/, '') : text) === name) break;
      line += 1;
    }
    const ended = line < lines.count;
    const delimiterLine = ended ? line : undefined;
    const content = { start: lines.startOf(firstLine), end: lines.startOf(line) };
    if (ended) line += 1;
    const opener = logical.spanOf(from, to);
    const nameSpan = logical.spanOf(nameFrom, to);
    return { name, opener, nameSpan, chomp, expand, fd, content, firstLine, delimiterLine };
  });
}
