import type { Instruction } from '../../model/instruction';
import type { Stage } from '../../model/stages';
import type { Span } from '../../model/text';
import { parseShell, type ShellCommand, type ShellWord } from './shell';

/** A command of a RUN with the way from its words to the document. */
export interface Command {
  /** The last part of the path of what is run. */
  readonly name: string;
  readonly args: readonly ShellWord[];
  readonly piped: boolean;
  readonly place: (word: { readonly at: number; readonly to: number }) => Span;
  readonly word: ShellWord;
}

/** A RUN and the commands it runs. */
export interface Run {
  readonly instruction: Instruction;
  readonly commands: readonly Command[];
  readonly stage: Stage | undefined;
}

/** The commands of a RUN, of its heredocs as of its line. */
export function runOf(instruction: Instruction): Run {
  const { logical, rest, heredocs, json, stage } = instruction;
  const commands: Command[] = [];
  if (json) {
    const words = json.items.map(({ value, start, end }) => ({ text: value, at: start, to: end }));
    add(commands, [{ words, piped: false, to: rest.end }], ({ at, to }) => ({ start: at, end: to }));
    return { instruction, commands, stage };
  }
  const shift = rest.at;
  add(commands, parseShell(rest.text), ({ at, to }) => logical.spanOf(at + shift, to + shift));
  for (const { content } of heredocs) {
    const body = instruction.facts.text.slice(content.start, content.end);
    if (/^#!/.test(body) && !/^#!.*sh\b/.test(body)) continue;
    add(commands, parseShell(body), ({ at, to }) => ({ start: content.start + at, end: content.start + to }));
  }
  return { instruction, commands, stage };
}

function add(commands: Command[], parsed: readonly ShellCommand[], place: Command['place']): void {
  for (const { words, piped } of parsed) {
    const [word, ...args] = withoutWrapper(words);
    if (word)
      commands.push({ name: word.text.slice(word.text.lastIndexOf('/') + 1), args, piped, place, word });
  }
}

/** `exec`, `command` and `env` run what follows; `python -m pip` is pip. */
function withoutWrapper(words: readonly ShellWord[]): readonly ShellWord[] {
  const [first, second, third] = words;
  if (first && /^(?:exec|command|eatmydata)$/.test(first.text) && second) return words.slice(1);
  if (first && /(?:^|\/)python[\d.]*$/.test(first.text) && second?.text === '-m' && third?.text === 'pip')
    return words.slice(2);
  return words;
}

export const hasFlag = ({ args }: Command, ...flags: string[]): boolean =>
  args.some(({ text }) => flags.some((flag) => text === flag || text.startsWith(`${flag}=`)));

/** `-y` of `-qqy`: one letter among those of a short flag. */
export const hasLetter = ({ args }: Command, letter: string): boolean =>
  args.some(({ text }) => /^-[A-Za-z]+/.exec(text)?.[0].includes(letter));

/** Whether a mount keeps a folder out of the image: a cache or tmpfs at it or above it. */
export function keepsOut(instruction: Instruction, folder: RegExp): boolean {
  return instruction.flags.some((flag) => {
    if (flag.name !== 'mount' || !/type=(?:cache|tmpfs)/.test(flag.text)) return false;
    const target = instruction
      .options(flag)
      .find(({ key }) => key === 'target' || key === 'dst' || key === 'destination')?.value;
    return target !== undefined && folder.test(target);
  });
}
