import { isBlank, type Lines } from './text';
import { openers, readHeredocs, type Heredoc } from './heredocs';
import { joinLines, type Joined, type Logical } from './logical';
import { parseJson } from './json';
import { skipBlanks } from './words';

/** An instruction as far as its lines tell. */
export interface Scanned extends Joined {
  readonly line: number;
  readonly heredocs: readonly Heredoc[];
  /** The line after it, heredocs included. */
  readonly next: number;
}

/** Of any alphabet, as Go trims lines; a byte order mark too. */
const isSpace = (text: string, at: number): boolean =>
  isBlank(text.charCodeAt(at)) || (text.charCodeAt(at) > 127 && /\s/.test(text.charAt(at)));

const takesHeredocs = /^(?:onbuild\s+)?(?:run|copy|add)(?=\s)/i;

/** Goes through the lines as BuildKit does: who continues, who takes lines from below as a heredoc. */
export function scan(lines: Lines, from: number, escape: string): { found: Scanned[]; comments: number[] } {
  const found: Scanned[] = [];
  const comments: number[] = [];
  for (let line = from; line < lines.count;) {
    const text = lines.text;
    let at = lines.startOf(line);
    const end = lines.endOf(line);
    while (at < end && isSpace(text, at)) at += 1;
    if (at === end || text.charAt(at) === '#') {
      if (at < end) comments.push(line);
      line += 1;
      continue;
    }
    const joined = joinLines(lines, line, escape);
    const heredocs = heredocsOf(lines, joined, escape);
    const last = heredocs.at(-1);
    const next = last ? (last.delimiterLine ?? lines.count - 1) + 1 : joined.next;
    found.push({ ...joined, line, heredocs, next });
    line = next;
  }
  return { found, comments };
}

function heredocsOf(lines: Lines, { logical, next }: Joined, escape: string): Heredoc[] {
  const { text } = logical;
  const keyword = takesHeredocs.exec(text)?.[0];
  if (keyword === undefined || !text.includes('<<')) return [];
  const body = skipBlanks(text, keyword.length);
  if (text.charAt(body) === '[' && parseJson(logical, body)) return [];
  return readHeredocs(lines, logical, openers(text, keyword.length, escape), next);
}

/**
 * The same text, of the same length, in which dockerfile-ast sees what BuildKit does: bodies of heredocs are blank, as
 * are their openers and comments that are no directives; line ends that do not continue lose what makes them so.
 */
export function mask(
  lines: Lines,
  { found: scanned, comments }: { readonly found: readonly Scanned[]; readonly comments: readonly number[] },
  escape: string,
): string {
  const { text } = lines;
  const edits: { start: number; end: number; with: string }[] = [];
  const put = (start: number, end: number, filler: string): void => {
    edits.push({ start, end, with: text.slice(start, end).replace(/[^\r\n]/g, filler) });
  };
  // Comments are of no use to it, and it looks for the stage of each.
  for (const line of comments)
    edits.push({
      start: lines.startOf(line),
      end: lines.endOf(line),
      with: ' '.repeat(lines.endOf(line) - lines.startOf(line)),
    });
  for (const { line, next, logical, heredocs, commentLines } of scanned) {
    const head = heredocs[0]?.firstLine ?? next;
    for (let at = line; at < head; at += 1) {
      if (!commentLines.includes(at)) maskEnd(lines, at, at === head - 1, escape, put);
    }
    // Nothing but continuations in front of the keyword: the instruction begins below them.
    const begins = keywordLine(lines, logical, line);
    if (begins > line) put(lines.startOf(line), lines.endOf(begins - 1), ' ');
    // It would read the words of every instruction that it knows, for heredocs and JSON: half of the time that it takes.
    const keyword = logical.offsetOf(skipBlanks(logical.text, 0));
    if (!/^\s*from\s/i.test(logical.text.slice(0, 100))) put(keyword, keyword + 1, '_');
    for (const { opener } of heredocs) {
      const at = text.indexOf('<<', opener.start);
      put(at, at + 2, '_');
    }
    if (heredocs.length > 0) put(lines.startOf(head), lines.endOf(next - 1), ' ');
  }
  for (const match of text.includes('\f') || text.includes('\v') ? text.matchAll(/[\f\v]/g) : [])
    put(match.index, match.index + 1, ' ');
  edits.sort((a, b) => a.start - b.start);
  let out = '';
  let from = 0;
  for (const { start, end, with: filler } of edits) {
    if (start < from) continue;
    out += text.slice(from, start) + filler;
    from = end;
  }
  return out + text.slice(from);
}

/** The line on which an instruction's first character stands. */
export function keywordLine(lines: Lines, logical: Logical, line: number): number {
  const at = skipBlanks(logical.text, 0);
  return logical.offsetOf(0) < lines.endOf(line) && logical.offsetOf(at) < lines.endOf(line)
    ? line
    : lines.lineAt(logical.offsetOf(at));
}

/** Escape characters in front of a line's end of which only one may count, or none. */
function maskEnd(
  lines: Lines,
  line: number,
  last: boolean,
  escape: string,
  put: (start: number, end: number, filler: string) => void,
): void {
  const { text } = lines;
  const start = lines.startOf(line);
  let spare = !last;
  for (let at = lines.endOf(line) - 1; at >= start; at -= 1) {
    const char = text.charAt(at);
    if (char === ' ' || char === '\t') continue;
    if (char !== escape) return;
    if (!spare) put(at, at + 1, '_');
    spare = false;
  }
}
