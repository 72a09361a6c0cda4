import type { Instruction } from '../model/instruction';
import type { Model } from '../model/model';
import type { Stage } from '../model/stages';
import type { Span } from '../model/text';

/** An entry of the outline, with the entries below it. */
export interface Entry extends Span {
  readonly kind: 'stage' | 'instruction' | 'variable' | 'port' | 'label';
  readonly name: string;
  readonly detail: string;
  /** What is shown selected when one goes there. */
  readonly selection: Span;
  /** The stage that a build without a target makes. */
  readonly final: boolean;
  readonly children: readonly Entry[];
}

const longest = 120;

/** Stages, with their instructions below them; what stands before the first FROM is beside them. */
export function outline(model: Model): Entry[] {
  const first = model.stages[0]?.from;
  const before = first ? model.instructions.indexOf(first) : model.instructions.length;
  const final = model.stages.at(-1);
  return [
    ...model.instructions.slice(0, before).map(instructionEntry),
    ...model.stages.map((stage) => stageEntry(stage, stage === final)),
  ];
}

function stageEntry(stage: Stage, final: boolean): Entry {
  const { from, name, image, instructions } = stage;
  const whole = { start: from.start, end: instructions.at(-1)?.end ?? from.end };
  return {
    kind: 'stage',
    name: short((name ?? image)?.text ?? '') || 'FROM',
    detail: name ? short(image?.text ?? '') : '',
    selection: name ?? image ?? from.keywordWord,
    final,
    children: instructions.slice(1).map(instructionEntry),
    ...whole,
  };
}

function instructionEntry(instruction: Instruction): Entry {
  const { keyword, keywordWord, properties, start, end } = instruction;
  const children = properties.map((property): Entry => ({
    kind: keyword === 'LABEL' ? 'label' : 'variable',
    name: short(property.name) || keyword,
    detail: short(property.value ?? ''),
    selection: property.nameSpan,
    final: false,
    children: [],
    start: property.start,
    end: property.end,
  }));
  const only = children.length === 1 ? children[0] : undefined;
  const kind = keyword === 'EXPOSE' ? 'port' : (only?.kind ?? 'instruction');
  return {
    kind,
    name: only ? `${keyword} ${only.name}` : keyword || '?',
    detail: only ? only.detail : short(instruction.rest.text),
    selection: keywordWord,
    final: false,
    children: only ? [] : children,
    start,
    end,
  };
}

const short = (text: string): string => {
  const line = text
    .slice(0, longest * 4)
    .replace(/\s+/g, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
};
