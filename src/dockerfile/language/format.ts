import type { Instruction } from '../model/instruction';
import type { Model } from '../model/model';
import type { Property } from '../model/properties';
import type { Edit } from '../rules/finding';
import { isBlank } from '../model/text';

/** Whose words are parted by blanks and nothing else. */
const plain = new Set(['FROM', 'EXPOSE', 'STOPSIGNAL', 'COPY', 'ADD']);
/** Whose text a shell reads, which does not count blanks. */
const shells = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

/**
 * The edits that put a file in order: keywords in one case, one blank where one counts, continued lines indented, no
 * blanks at ends of lines, no more than two empty lines. Heredocs, JSON, what stands in quotes, and comments stay as
 * they are, and so does what every instruction says.
 */
export function format(model: Model, indent: string): Edit[] {
  const edits: Edit[] = [];
  const put = (start: number, end: number, text: string): void => {
    if (model.lines.text.slice(start, end) !== text) edits.push({ start, end, text });
  };
  const lower = prefersLower(model);
  for (const instruction of model.instructions) {
    head(model, instruction, lower, put);
    const inner = instruction.trigger ?? instruction;
    if (inner.json) continue;
    words(model, inner, put);
    if (heredocFree(instruction)) continued(model, instruction, indent, put);
  }
  emptyLines(model, put);
  return edits.sort((a, b) => a.start - b.start);
}

type Put = (start: number, end: number, text: string) => void;

const heredocFree = ({ heredocs }: Instruction): boolean => heredocs.length === 0;

/** As BuildKit counts: lower case only when more keywords are. */
function prefersLower({ instructions }: Model): boolean {
  let lower = 0;
  let upper = 0;
  for (const { keywordWord } of instructions) {
    if (keywordWord.text === keywordWord.text.toLowerCase()) lower += 1;
    else if (keywordWord.text === keywordWord.text.toUpperCase()) upper += 1;
  }
  return lower > upper;
}

function head({ lines }: Model, instruction: Instruction, lower: boolean, put: Put): void {
  const inner = instruction.trigger ?? instruction;
  const before = lines.startOf(lines.lineAt(instruction.start));
  const lead = lines.text.slice(before, instruction.start);
  if (lead !== '' && /^[ \t]+$/.test(lead) && lines.lineAt(instruction.start) === instruction.line)
    put(before, instruction.start, '');
  for (const { keywordWord, keyword } of inner === instruction ? [instruction] : [instruction, inner]) {
    if (!/^[A-Z]+$/.test(keyword) || keywordWord.end - keywordWord.start !== keyword.length) continue;
    put(keywordWord.start, keywordWord.end, lower ? keyword.toLowerCase() : keyword);
  }
  const as = inner.keyword === 'FROM' ? inner.args[1] : undefined;
  if (as && /^as$/i.test(as.text) && as.end - as.start === 2) put(as.start, as.end, lower ? 'as' : 'AS');
}

/** One blank between words that stand on the same line. */
function words(model: Model, inner: Instruction, put: Put): void {
  const { keyword, keywordWord, flags, rest, properties, args } = inner;
  const parts = [keywordWord, ...flags];
  if (plain.has(keyword) && !/["'\\`]/.test(rest.text)) parts.push(...args);
  else if (properties.length > 0 && !properties.some(({ legacy }: Property) => legacy))
    parts.push(...properties);
  else if (rest.text !== '') parts.push(rest);
  for (const [at, { end }] of parts.entries()) {
    const next = parts[at + 1];
    if (!next || next.start <= end) continue;
    if (/^[ \t]+$/.test(model.lines.text.slice(end, next.start))) put(end, next.start, ' ');
  }
}

/** Ends of lines, and the indentation of those that go on; where a quote or a bracket is open nothing is touched. */
function continued({ lines }: Model, instruction: Instruction, indent: string, put: Put): void {
  const { line, endLine, facts } = instruction;
  const { keyword, properties } = instruction.trigger ?? instruction;
  const { text } = lines;
  const comments = new Set(facts.commentLines);
  const empty = new Set(facts.emptyLines);
  const open = new Nesting(facts.escape);
  const free: { start: number; lead: string }[] = [];
  const touches = shells.has(keyword) || plain.has(keyword) || properties.some(({ legacy }) => !legacy);
  let blankBefore = true;
  for (let at = line; at <= endLine; at += 1) {
    const start = lines.startOf(at);
    let end = lines.endOf(at);
    if (comments.has(at) || empty.has(at)) continue;
    let content = start;
    while (content < end && isBlank(text.charCodeAt(content))) content += 1;
    if (at > line && open.closed && (content > start || blankBefore))
      free.push({ start, lead: text.slice(start, content) });
    const trailing = end;
    while (end > start && isBlank(text.charCodeAt(end - 1))) end -= 1;
    const goesOn = at < endLine && text.charAt(end - 1) === facts.escape;
    if (goesOn || (at === endLine && touches)) put(end, trailing, '');
    const stop = goesOn ? end - 1 : end;
    open.read(text, content, stop);
    blankBefore = stop > start && isBlank(text.charCodeAt(stop - 1));
  }
  if (!touches || free.length === 0) return;
  const shared = free.map(({ lead }) => lead).reduce(commonStart);
  for (const { start } of free) put(start, start + shared.length, indent);
}

function commonStart(one: string, other: string): string {
  let at = 0;
  while (at < one.length && one.charAt(at) === other.charAt(at)) at += 1;
  return one.slice(0, at);
}

/** Whether a quote, a command in brackets or a variable in braces is open. In doubt it says so. */
class Nesting {
  private quote = '';
  private depth = 0;
  private comment = false;
  private readonly escape: string;

  constructor(escape: string) {
    this.escape = escape;
  }

  get closed(): boolean {
    return this.quote === '' && this.depth === 0 && !this.comment;
  }

  read(text: string, from: number, to: number): void {
    for (let at = from; at < to; at += 1) {
      const char = text.charAt(at);
      if (char === this.escape && this.quote !== "'") at += 1;
      else if (char === '$' && this.quote !== "'" && /[({]/.test(text.charAt(at + 1))) {
        this.depth += 1;
        at += 1;
      } else if (this.depth > 0 && (char === ')' || char === '}')) this.depth -= 1;
      else if (char === '"' || char === "'" || (char === '`' && this.escape !== '`')) {
        if (this.quote === '') this.quote = char;
        else if (this.quote === char) this.quote = '';
      } else if (char === '#' && this.quote === '' && isBlank(text.charCodeAt(at - 1))) this.comment = true;
    }
  }
}

/** Blanks on lines of their own, and more than two such lines between instructions. */
function emptyLines({ lines, instructions }: Model, put: Put): void {
  const inside = new Set<number>();
  for (const { line, endLine } of instructions) for (let at = line; at <= endLine; at += 1) inside.add(at);
  let count = 0;
  for (let line = 0; line < lines.count; line += 1) {
    const start = lines.startOf(line);
    const end = lines.endOf(line);
    if (inside.has(line) || /[^ \t]/.test(lines.text.slice(start, end))) {
      count = 0;
      continue;
    }
    count += 1;
    if (count > 2 && line + 1 < lines.count) put(start, lines.startOf(line + 1), '');
    else put(start, end, '');
  }
}
