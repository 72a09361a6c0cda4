import type { Instruction } from '../model/instruction';
import type { Model } from '../model/model';
import { lineage, type Stage } from '../model/stages';

/** A line of an image's history, as far as it is needed here. */
export interface HistoryLine {
  readonly createdBy: string;
  /** Bytes. */
  readonly size: number;
}

export interface LayerSize {
  readonly instruction: Instruction;
  readonly bytes: number;
  /** The text has changed since, here or above. */
  readonly stale: boolean;
}

/**
 * What each instruction of a stage, the last by default, has added to an image that was built from this file, the base image at FROM.
 * `history`: newest first, of either builder. Undefined when the instructions are no longer those of the image.
 */
export function layerSizes(
  { stages }: Model,
  history: readonly HistoryLine[],
  final: Stage | undefined = stages.at(-1),
): LayerSize[] | undefined {
  if (!final) return undefined;
  const chain = lineage(final).reverse();
  const instructions = chain.flatMap((stage) => stage.instructions.slice(1));
  if (instructions.length > history.length || instructions.length === 0) return undefined;
  const own = history.slice(0, instructions.length).reverse();
  const base = history.slice(instructions.length).reduce((sum, { size }) => sum + size, 0);
  const from = chain[0]?.from;
  const found: LayerSize[] = from ? [{ instruction: from, bytes: base, stale: false }] : [];
  let stale = false;
  for (const [at, instruction] of instructions.entries()) {
    const { createdBy, size } = own[at] ?? { createdBy: '', size: 0 };
    const made = parseCreatedBy(createdBy);
    if (made.keyword !== instruction.keyword) return undefined;
    stale ||=
      made.keyword === 'RUN' && comparable(instruction) && made.text !== squeeze(instruction.rest.text);
    found.push({ instruction, bytes: size, stale });
  }
  return found;
}

/** The shell of a RUN and its arguments are in the history; here only the command counts. */
export function parseCreatedBy(createdBy: string): { keyword: string; text: string } {
  const plain = createdBy.replace(/ # buildkit$/, '');
  const nop = /^\S+ (?:-o \S+ )?-c #\(nop\)\s+([A-Za-z]+)\s*/.exec(plain);
  if (nop?.[1]) return { keyword: nop[1].toUpperCase(), text: plain.slice(nop[0].length) };
  const keyword = /^[A-Z]+(?= )/.exec(plain)?.[0] ?? (/^(?:\||\/)/.test(plain) ? 'RUN' : '');
  const rest = plain.startsWith(keyword) ? plain.slice(keyword.length) : plain;
  if (keyword !== 'RUN') return { keyword, text: rest.trim() };
  const shell = rest.indexOf(' -c ');
  const command = shell < 0 ? rest.replace(/^\s*\|\d+ /, '') : rest.slice(shell + 4);
  return { keyword, text: squeeze(command) };
}

/** Whether the history says the very same as the file, and something that not every file says. */
export function telling(
  { keyword, rest }: Instruction,
  made: { readonly keyword: string; readonly text: string },
): boolean {
  return made.keyword === keyword && squeeze(rest.text) !== '' && squeeze(made.text) === squeeze(rest.text);
}

/** A heredoc or the JSON form does not stand in the history as it is written: they are taken as unchanged. */
const comparable = ({ heredocs, json }: Instruction): boolean => heredocs.length === 0 && !json;

const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();
