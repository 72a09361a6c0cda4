import type { Heredoc } from '../model/heredocs';
import type { Instruction } from '../model/instruction';
import { stageNamed, type Model } from '../model/model';
import type { Span } from '../model/text';
import { stageUses } from './names';
import { readerOf, shellBody, shellLine, shellReaders, type PlacedToken } from './shellParts';

export const tokenTypes = [
  'keyword', 'parameter', 'variable', 'property', 'string', 'number', 'comment', 'operator', 'function', 'namespace',
  'type', 'macro',
] as const; // prettier-ignore
export type TokenType = (typeof tokenTypes)[number];

export interface Token extends Span {
  readonly type: TokenType;
  readonly declaration: boolean;
}

const ofShell: Readonly<Record<PlacedToken['kind'], TokenType>> = {
  command: 'function',
  keyword: 'keyword',
  operator: 'operator',
  string: 'string',
  variable: 'variable',
  comment: 'comment',
  flag: 'parameter',
  assignment: 'variable',
};

/** What colours the words, in order; none reaches over a line's end or into another. */
export function tokens(model: Model): Token[] {
  const found: Token[] = [];
  const readers = shellReaders(model);
  for (const directive of model.directives) {
    found.push(token(directive.nameSpan, 'macro'), token(directive.valueSpan, 'string'));
  }
  for (const instruction of model.instructions) {
    const own: Token[] = [];
    read(model, instruction, readers.has(instruction), own);
    own.sort((a, b) => a.start - b.start || b.end - a.end);
    for (const one of own) split(model, instruction, one, found);
  }
  return found;
}

const token = ({ start, end }: Span, type: TokenType, declaration = false): Token => ({
  start,
  end,
  type,
  declaration,
});

function read(model: Model, instruction: Instruction, shell: boolean, found: Token[]): void {
  const inner = instruction.trigger ?? instruction;
  found.push(token(instruction.keywordWord, 'keyword'));
  if (instruction.trigger) found.push(token(inner.keywordWord, 'keyword'));
  for (const flag of inner.flags) {
    found.push(token(flag.nameSpan, 'parameter'));
    if (flag.name !== 'mount') continue;
    for (const { key, keySpan } of inner.options(flag))
      if (key !== '') found.push(token(keySpan, 'property'));
  }
  for (const { text, span } of stageUses(instruction))
    if (stageNamed(model, text)) found.push(token(span, 'namespace'));
  const line = shell ? shellLine(instruction) : undefined;
  const rest = inner.rest.start;
  if (line) found.push(...line.map(shellToken));
  for (const { start, end, nameSpan } of instruction.variables)
    if (end > start && (!line || start < rest)) found.push(token(nameSpan, 'variable'));
  found.push(...(inner.json?.items ?? []).map((item) => token(item, 'string')));
  if (!inner.json) words(inner, found);
  for (const heredoc of instruction.heredocs) bodyOf(model, instruction, heredoc, shell, found);
}

function words(instruction: Instruction, found: Token[]): void {
  const { keyword, stage, args } = instruction;
  if (keyword === 'FROM' && stage) {
    const [image, as] = args;
    if (image) found.push(token(image, stage.base ? 'namespace' : 'type'));
    if (as?.text.toUpperCase() === 'AS') found.push(token(as, 'keyword'));
    if (stage.name) found.push(token(stage.name, 'namespace', true));
  } else if (keyword === 'EXPOSE') {
    found.push(...args.filter(({ text }) => /^\d/.test(text)).map((arg) => token(arg, 'number')));
  } else if (keyword === 'HEALTHCHECK') {
    const [first] = args;
    if (first && /^(?:CMD|NONE)$/i.test(first.text)) found.push(token(first, 'keyword'));
  }
  for (const { nameSpan, valueSpan, value } of instruction.properties) {
    found.push(token(nameSpan, keyword === 'LABEL' ? 'property' : 'variable', true));
    if (valueSpan && value !== undefined && /^["']/.test(value)) found.push(token(valueSpan, 'string'));
  }
}

const shellToken = (one: PlacedToken): Token => token(one, ofShell[one.kind], one.kind === 'assignment');

function bodyOf(
  { lines }: Model,
  instruction: Instruction,
  heredoc: Heredoc,
  shell: boolean,
  found: Token[],
): void {
  const { opener, nameSpan, content, delimiterLine } = heredoc;
  found.push(token({ start: opener.start, end: nameSpan.start }, 'operator'), token(nameSpan, 'macro'));
  const reader = readerOf(instruction, heredoc);
  if (reader === 'shell' && shell) found.push(...shellBody(instruction, heredoc).map(shellToken));
  else {
    found.push(token(content, 'string'));
    if (reader !== 'none') {
      const body = instruction.facts.text.slice(content.start, content.end);
      for (const match of body.matchAll(/(?<!\\)\$\{?([A-Za-z_]\w*)/g)) {
        const end = content.start + match.index + match[0].length;
        found.push(token({ start: end - (match[1] ?? '').length, end }, 'variable'));
      }
    }
  }
  if (delimiterLine !== undefined)
    found.push(token({ start: content.end, end: lines.endOf(delimiterLine) }, 'macro'));
}

/**
 * Cuts a token into its lines, and around those that lie within the ones before: an inner one counts. Continuations and
 * comments between the lines of an instruction stay as they are.
 */
function split({ lines }: Model, { facts }: Instruction, one: Token, found: Token[]): void {
  const outer = found.at(-1);
  if (outer && outer.end > one.start) {
    found.pop();
    if (outer.start < one.start) found.push({ ...outer, end: one.start });
    found.push(one);
    if (outer.end > one.end) found.push({ ...outer, start: one.end });
    return;
  }
  let { start } = one;
  for (let line = lines.lineAt(start); start < one.end; line += 1) {
    const last = lines.endOf(line) >= one.end;
    let end = last ? one.end : lines.endOf(line);
    start = Math.max(start, lines.startOf(line));
    while (start < end && /\s/.test(lines.text.charAt(start))) start += 1;
    while (end > start && /\s/.test(lines.text.charAt(end - 1))) end -= 1;
    const within = line < (facts.heredocs[0]?.firstLine ?? Infinity);
    if (!last && within && lines.text.charAt(end - 1) === facts.escape) {
      end -= 1;
      while (end > start && /\s/.test(lines.text.charAt(end - 1))) end -= 1;
    }
    const comment = within && one.type !== 'comment' && lines.text.charAt(start) === '#' && start > one.start;
    if (end > start && !comment) found.push({ ...one, start, end });
    start = lines.startOf(line + 1);
    if (line + 1 >= lines.count) return;
  }
}
