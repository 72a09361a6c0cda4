import { plain } from './ansi';

/** What is looked for in lines. */
export interface Query {
  readonly text: string;
  readonly regex: boolean;
  readonly matchCase: boolean;
}

/** Why it cannot be looked for; `undefined` when it can. */
export function queryProblem(query: Query): string | undefined {
  try {
    patternOf(query);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

export function patternOf({ text, regex, matchCase }: Query): RegExp {
  const source = regex ? text : text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return new RegExp(source, matchCase ? 'g' : 'gi');
}

/** Of each of `count` lines (each ends with `\n`): 1 when the query is in it. */
export function judge(text: string, count: number, query: Query): Uint8Array {
  const flags = new Uint8Array(count);
  const pattern = patternOf(query);
  const shown = plain(text);
  if (query.regex) judgeEach(shown, flags, pattern);
  else judgeAll(shown, flags, pattern, query);
  return flags;
}

/** A user's expression sees one line at a time, as `^`, `$` and `\s` are meant. */
function judgeEach(text: string, flags: Uint8Array, pattern: RegExp): void {
  let from = 0;
  for (let line = 0; line < flags.length; line++) {
    const end = text.indexOf('\n', from);
    pattern.lastIndex = 0;
    if (pattern.test(text.slice(from, end === -1 ? undefined : end))) flags[line] = 1;
    from = end + 1;
  }
}

/** A plain text has no end of line in it: all lines are searched at once. */
function judgeAll(text: string, flags: Uint8Array, pattern: RegExp, query: Query): void {
  let line = 0;
  let end = text.indexOf('\n');
  const next = query.matchCase
    ? (from: number): number => text.indexOf(query.text, from)
    : (from: number): number => {
        pattern.lastIndex = from;
        return pattern.exec(text)?.index ?? -1;
      };
  for (let at = next(0); at !== -1; at = next(end + 1)) {
    while (end !== -1 && end < at) {
      line++;
      end = text.indexOf('\n', end + 1);
    }
    if (end === -1 || line >= flags.length) return;
    flags[line] = 1;
  }
}

/** A match without a character is none to see. */
export function rangesIn(text: string, query: Query): (readonly [from: number, to: number])[] {
  const ranges: (readonly [number, number])[] = [];
  for (const match of text.matchAll(patternOf(query))) {
    if (match[0].length > 0) ranges.push([match.index, match.index + match[0].length]);
    if (ranges.length >= 500) break;
  }
  return ranges;
}
