import { readerOf } from '../language/shellParts';
import { Instruction } from '../model/instruction';
import { joinLines, type Word } from '../model/logical';
import type { Model } from '../model/model';
import { Lines, type Span } from '../model/text';
import { openQuote } from '../model/words';

/** Stands where the cursor is, so that the word there is one even when nothing of it is written. */
const mark = '\uE000';

/** An instruction as far as it is written before the cursor. */
export interface Cursor {
  readonly model: Model;
  readonly offset: number;
  /** The whole of it, as it stands in the model. */
  readonly whole: Instruction;
  /** Up to the cursor; what ONBUILD stands before, behind an ONBUILD. Places count from `base`. */
  readonly head: Instruction;
  readonly base: number;
  /** The keyword itself is being written. */
  readonly onKeyword: boolean;
  readonly inTrigger: boolean;
}

/** The last instruction that begins before a place. */
export function instructionBefore({ instructions }: Model, offset: number): Instruction | undefined {
  let low = 0;
  let high = instructions.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instructions[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return instructions[low - 1];
}

/** Undefined where the cursor is in none: on a line of its own, or in a comment. */
export function cursorAt(model: Model, offset: number): Cursor | undefined {
  const whole = instructionBefore(model, offset);
  if (!whole || (offset > whole.end && !goesOn(model, whole))) return undefined;
  const base = model.lines.startOf(model.lines.lineAt(whole.start));
  const lines = new Lines(model.lines.text.slice(base, offset) + mark);
  const { logical } = joinLines(lines, 0, model.escape);
  if (!logical.text.endsWith(mark)) return undefined;
  const outer = new Instruction({
    text: lines.text,
    logical,
    escape: model.escape,
    heredocs: [],
    line: 0,
    endLine: lines.count - 1,
    end: lines.text.length,
    emptyLines: [],
    commentLines: [],
  });
  const head = outer.trigger ?? outer;
  return {
    model,
    offset,
    whole,
    head,
    base,
    onKeyword: marked(head.keywordWord),
    inTrigger: outer.trigger !== undefined,
  };
}

/** Its last line ends in the escape character, so the empty lines below are its own. */
function goesOn({ lines, escape }: Model, { endLine, heredocs }: Instruction): boolean {
  if (heredocs.length > 0) return false;
  const text = lines.textOf(endLine).trimEnd();
  return text.endsWith(escape) && text.charAt(text.length - 2) !== escape;
}

export const marked = ({ text }: { readonly text: string }): boolean => text.endsWith(mark);

/** Without what stands for the cursor. */
export const unmarked = (text: string): string => (text.endsWith(mark) ? text.slice(0, -1) : text);

/** The arguments before the one at the cursor, and that one as far as it is written. */
export function argumentsOf({ head }: Cursor): { before: readonly Word[]; text: string } {
  const { args } = head;
  return { before: args.slice(0, -1), text: unmarked(args.at(-1)?.text ?? '') };
}

/** From `length` characters before the cursor to the end of what is written there. */
export function spanBack({ model, offset }: Cursor, length: number, stops = /[\s"',]/): Span {
  const { text } = model.lines;
  let end = offset;
  while (end < text.length && !stops.test(text.charAt(end)) && !isEscapeAtEnd(model, end)) end += 1;
  return { start: offset - length, end };
}

function isEscapeAtEnd({ lines, escape }: Model, at: number): boolean {
  return lines.text.charAt(at) === escape && /^.[ \t]*\r?\n/.test(lines.text.slice(at, at + 100));
}

/** The string of a JSON array that the cursor is in, and how many stand before it. */
export function jsonAt({ head }: Cursor): { readonly text: string; readonly index: number } | undefined {
  const text = unmarked(head.rest.text);
  if (!text.startsWith('[') || openQuote(text, '\\') !== '"') return undefined;
  const strings = text.split('"');
  return { text: strings.at(-1) ?? '', index: (strings.length - 2) / 2 };
}

/** Who reads the heredoc's text that a place is in: only nobody leaves its variables as they are. */
export function heredocAt(instruction: Instruction, offset: number): ReturnType<typeof readerOf> | undefined {
  const { heredocs, end } = instruction;
  for (const heredoc of heredocs) {
    const closed = heredoc.delimiterLine === undefined ? end + 1 : heredoc.content.end;
    if (offset >= heredoc.content.start && offset < closed) return readerOf(instruction, heredoc);
  }
  const [first] = heredocs;
  return first && offset >= first.content.start ? 'none' : undefined;
}
