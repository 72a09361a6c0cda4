import type { Heredoc } from '../model/heredocs';
import type { Instruction } from '../model/instruction';
import type { Model } from '../model/model';
import type { Stage } from '../model/stages';
import { lexShell, type ShellToken } from './shell';

/** A token of a shell at its place in the document; it may go over several lines. */
export interface PlacedToken {
  readonly kind: ShellToken['kind'];
  readonly start: number;
  readonly end: number;
  readonly prefix: boolean;
}

const takesShell = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']);
const posix = /(?:^|[\\/])(?:ba|da|a|z|k|mk)?sh(?:\.exe)?$/i;

/** The stages in whose instructions a POSIX shell reads, by instruction: SHELL may change it. */
export function shellReaders({ stages, escape }: Model): Set<Instruction> {
  const readers = new Set<Instruction>();
  const ends = new Map<Stage, boolean>();
  for (const stage of stages) {
    let reads = (stage.base && ends.get(stage.base)) ?? escape === '\\';
    for (const instruction of stage.instructions) {
      if (instruction.keyword === 'SHELL') reads = posix.test(instruction.json?.items[0]?.value ?? 'sh');
      if (reads) readers.add(instruction);
    }
    ends.set(stage, reads);
  }
  return readers;
}

/** The shell's line of an instruction: of RUN, CMD, ENTRYPOINT and HEALTHCHECK CMD, where it is not the JSON form. */
export function shellLine(instruction: Instruction): PlacedToken[] | undefined {
  const inner = instruction.trigger ?? instruction;
  if (!takesShell.has(inner.keyword) || inner.json) return undefined;
  const { logical, facts } = inner;
  let { at, text } = inner.rest;
  if (inner.keyword === 'HEALTHCHECK') {
    const command = /^CMD\s+/i.exec(text)?.[0];
    if (command === undefined || text.startsWith('[', command.length)) return undefined;
    at += command.length;
    text = text.slice(command.length);
  }
  return lexShell(text, facts.escape !== '`').map(({ kind, from, to, prefix = false }) => ({
    kind,
    prefix,
    ...logical.spanOf(at + from, at + to),
  }));
}

/** What reads the body of a heredoc: a shell, the builder or a command that is given it with its variables, or nobody. */
export function readerOf(instruction: Instruction, heredoc: Heredoc): 'shell' | 'variables' | 'none' {
  const inner = instruction.trigger ?? instruction;
  const { text } = instruction.facts;
  if (inner.keyword === 'RUN') {
    const head = inner.rest.text.replace(/\d*<<-?\s*(?:"[^"]*"|'[^']*'|[^\s<>|;&]+)/g, '').trim();
    const shebang = /^\s*#!([^\r\n]{0,200})/.exec(
      text.slice(heredoc.content.start, heredoc.content.start + 250),
    );
    const shells = /(?:^|[/\s])(?:ba|da|a|z|k)?sh(?=\s|$)/;
    if (head === '') return !shebang || shells.test(shebang[1] ?? '') ? 'shell' : 'none';
    if (/^(?:\S*\/)?(?:ba|da|a|z|k)?sh(?:\s+-\w+)*$/.test(head)) return 'shell';
  }
  return heredoc.expand ? 'variables' : 'none';
}

export function shellBody({ facts }: Instruction, { content: { start, end } }: Heredoc): PlacedToken[] {
  return lexShell(facts.text.slice(start, end)).map(({ kind, from, to, prefix = false }) => ({
    kind,
    prefix,
    start: start + from,
    end: start + to,
  }));
}
