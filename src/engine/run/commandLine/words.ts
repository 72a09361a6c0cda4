import { sentence } from '../../errors';
import { LineError, type Span } from '../invalid';

/** The shell whose quoting a line follows. */
export type Shell = 'sh' | 'powershell' | 'cmd';

/** Text a shell would have replaced. It is kept as it stands. */
export interface Expansion extends Span {
  readonly kind: 'variable' | 'command' | 'home';
  /** As written, such as `$PWD`, `$(pwd)`, `${workspaceFolder}`, `%USERPROFILE%` or `~`. */
  readonly text: string;
}

/** One argument of a command line, without its quotes. */
export interface Word extends Span {
  readonly text: string;
  readonly expansions: readonly Expansion[];
}

/** Collects the characters of words while a tokeniser walks along a line. */
export class WordList {
  readonly words: Word[] = [];
  readonly #line: string;
  #text: string[] = [];
  #expansions: Expansion[] = [];
  #start = -1;

  constructor(line: string) {
    this.#line = line;
  }

  get isInWord(): boolean {
    return this.#start >= 0;
  }

  /** Begin a word here unless one has begun; an empty pair of quotes is a word too. */
  begin(at: number): void {
    if (this.#start < 0) this.#start = at;
  }

  add(text: string, at: number): void {
    this.begin(at);
    this.#text.push(text);
  }

  /** Add `start` to `end` of the line as it stands, as something a shell would replace. */
  addExpansion(kind: Expansion['kind'], start: number, end: number): void {
    const text = this.#line.slice(start, end);
    this.add(text, start);
    this.#expansions.push({ kind, text, start, end });
  }

  finish(end: number): void {
    if (this.#start < 0) return;
    this.words.push({ text: this.#text.join(''), start: this.#start, end, expansions: this.#expansions });
    this.#text = [];
    this.#expansions = [];
    this.#start = -1;
  }
}

export function unclosed(quote: string, start: number, end: number): LineError {
  return new LineError({ start, end }, sentence('The quote {0} is not closed. Add another {0}.', quote));
}

/** The rest of a line after its command: nothing, or an error. `at` stands on the operator or the line break. */
export function refuseSecondCommand(line: string, at: number): void {
  const rest = line.slice(at).replace(/^(?:[\s;]|#[^\n]*(?:\n|$))*/, '');
  if (rest === '') return;
  const start = line.length - rest.length;
  const what = /^[|&<>()]/.test(rest)
    ? sentence('The shell would not pass "{0}" on. Quote it, or leave it out.', rest.charAt(0))
    : sentence('A second command begins here. Leave it out.');
  throw new LineError({ start, end: line.length }, what);
}

/** The end of `$NAME`, `${…}` or `$(…)` that begins at `at`, with what it is; undefined when the dollar is only a dollar. */
export function dollarEnd(
  line: string,
  at: number,
  name: RegExp,
): { kind: 'variable' | 'command'; end: number } | undefined {
  const next = line[at + 1];
  if (next === '(') return { kind: 'command', end: closingEnd(line, at, '(', ')') };
  if (next === '{') return { kind: 'variable', end: closingEnd(line, at, '{', '}') };
  name.lastIndex = at + 1;
  const match = name.exec(line);
  return match ? { kind: 'variable', end: at + 1 + match[0].length } : undefined;
}

function closingEnd(line: string, at: number, open: string, close: string): number {
  let depth = 0;
  for (let index = at + 1; index < line.length; index++) {
    if (line[index] === open) depth++;
    if (line[index] === close && --depth === 0) return index + 1;
  }
  throw new LineError(
    { start: at, end: line.length },
    sentence('"{0}" is not closed. Add a "{1}".', `$${open}`, close),
  );
}
