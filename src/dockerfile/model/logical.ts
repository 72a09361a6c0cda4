import { isBlank, type Lines, type Span } from './text';

/** A word as the builder reads it: its text without continuations and comments, its place in the document. */
export interface Word extends Span {
  readonly text: string;
  /** Where it begins in the logical line. */
  readonly at: number;
}

/**
 * An instruction's lines joined as BuildKit joins them, and the way back: which place of the document each character
 * comes from.
 */
export class Logical {
  readonly text: string;
  private readonly ats: readonly number[];
  private readonly offsets: readonly number[];

  constructor(text: string, ats: readonly number[], offsets: readonly number[]) {
    this.text = text;
    this.ats = ats;
    this.offsets = offsets;
  }

  /** The place in the document of a character of this line. */
  offsetOf(at: number): number {
    let low = 0;
    let high = this.ats.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.ats[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return (this.offsets[low] ?? 0) + at - (this.ats[low] ?? 0);
  }

  /** The last character decides where a stretch ends, so that it does not reach over a continuation. */
  spanOf(from: number, to: number): Span {
    const start = this.offsetOf(from);
    return { start, end: to > from ? this.offsetOf(to - 1) + 1 : start };
  }

  word(from: number, to: number): Word {
    const { start, end } = this.spanOf(from, to);
    return { text: this.text.slice(from, to), at: from, start, end };
  }
}

/** What stands on one line of an instruction that may go on. */
export interface Joined {
  readonly logical: Logical;
  /** The line after the last one that belongs to it, heredocs left aside. */
  readonly next: number;
  /** Lines without anything between two that continue. */
  readonly emptyLines: readonly number[];
  /** Comments between its lines. */
  readonly commentLines: readonly number[];
}

/** Joins the lines from here on, as long as each ends in the escape character (two of them do not continue). */
export function joinLines(lines: Lines, first: number, escape: string): Joined {
  const parts: string[] = [];
  const ats: number[] = [];
  const offsets: number[] = [];
  const emptyLines: number[] = [];
  const commentLines: number[] = [];
  const { text } = lines;
  let length = 0;
  let line = first;
  let last = first;
  for (; line < lines.count; line += 1) {
    let start = lines.startOf(line);
    const end = lines.endOf(line);
    let content = start;
    while (content < end && (isBlank(text.charCodeAt(content)) || text.charCodeAt(content) === 0xfeff))
      content += 1;
    if (line > first) {
      if (content === end) {
        emptyLines.push(line);
        continue;
      }
      if (text.charCodeAt(content) === 35) {
        commentLines.push(line);
        continue;
      }
    } else start = content;
    const stop = continuation(text, start, end, escape);
    last = line;
    ats.push(length);
    offsets.push(start);
    const part = text.slice(start, stop ?? end);
    parts.push(part);
    length += part.length;
    if (stop === undefined) break;
  }
  // What follows the last continuation and holds nothing is no part of it.
  return {
    logical: new Logical(parts.join(''), ats, offsets),
    next: last + 1,
    emptyLines: emptyLines.filter((empty) => empty < last),
    commentLines: commentLines.filter((comment) => comment < last),
  };
}

/** Where the text ends when the line continues, undefined when it does not. */
function continuation(text: string, start: number, end: number, escape: string): number | undefined {
  let at = end - 1;
  while (at >= start && (text.charAt(at) === ' ' || text.charAt(at) === '\t')) at -= 1;
  if (at < start || text.charAt(at) !== escape) return undefined;
  return at > start && text.charAt(at - 1) === escape ? undefined : at;
}
