/** A stretch of the document: offsets, `end` not included. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What separates words: a blank, a tab and the like, no line end but the `\r` in front of one. */
export const isBlank = (code: number): boolean =>
  code === 32 || code === 9 || code === 11 || code === 12 || code === 13;

/** Counted from 0, as editors do. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** The lines of a text; `\n`, `\r\n` and a lone `\r` end one. */
export class Lines {
  readonly text: string;
  private readonly starts: readonly number[];

  constructor(text: string) {
    this.text = text;
    const starts = [0];
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
    }
    this.starts = starts;
  }

  get count(): number {
    return this.starts.length;
  }

  startOf(line: number): number {
    return this.starts[line] ?? this.text.length;
  }

  /** Where the text of a line ends, before its line end. */
  endOf(line: number): number {
    let end = this.startOf(line + 1);
    if (line + 1 >= this.starts.length) return end;
    if (this.text.charCodeAt(end - 1) === 10) end -= 1;
    if (end > this.startOf(line) && this.text.charCodeAt(end - 1) === 13) end -= 1;
    return end;
  }

  textOf(line: number): string {
    return this.text.slice(this.startOf(line), this.endOf(line));
  }

  lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  positionAt(offset: number): Position {
    const line = this.lineAt(offset);
    return { line, character: offset - this.startOf(line) };
  }

  offsetAt({ line, character }: Position): number {
    return Math.min(this.startOf(line) + character, this.text.length);
  }

  rangeOf({ start, end }: Span): Range {
    return { start: this.positionAt(start), end: this.positionAt(end) };
  }
}
