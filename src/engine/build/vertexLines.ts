import type { Instruction } from './dockerfile';
import type { LineRange } from './output';

/** What a step of BuildKit says of its place. */
export interface VertexName {
  /** As in `AS name`, or `stage-2`; `undefined` in a Dockerfile of one stage. */
  readonly stage: string | undefined;
  readonly number: number;
  readonly total: number;
  readonly text: string;
}

interface Stage {
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

const NAME = /^\[(?:([^\]]+) )?(\d+)\/(\d+)\] ([\s\S]*)$/;
/** With several platforms, each has its steps. */
const PLATFORM = /^(?:linux|windows|darwin|freebsd|wasi|js)\/\S+(?: |$)/;
/** The instructions that are steps for BuildKit; the others only change what is said of the image. */
const STEPS = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'WORKDIR']);

/** The parts of `[build 2/5] RUN make`; `undefined` for `[internal] …` and whatever else is no instruction. */
export function parseVertexName(name: string): VertexName | undefined {
  const [, stage, number, total, text = ''] = NAME.exec(name) ?? [];
  return number === undefined ? undefined : { stage, number: Number(number), total: Number(total), text };
}

/**
 * Where a step of BuildKit stands in the Dockerfile. BuildKit counts the steps of each stage, its `FROM` too unless that
 * is `scratch` or another stage (`frontend/dockerfile/dockerfile2llb`). `undefined` where that is not certain.
 */
export function vertexLines(
  { stage, number, total, text }: VertexName,
  instructions: readonly Instruction[],
): LineRange | undefined {
  const steps = stageOf(instructions, stage?.replace(PLATFORM, '') ?? '').filter(({ keyword }) =>
    STEPS.has(keyword),
  );
  const counted = steps.length === total ? steps : steps.slice(1);
  const found = counted.length === total ? counted[number - 1] : undefined;
  if (found?.keyword !== (/^\S+/.exec(text)?.[0] ?? '').toUpperCase()) return undefined;
  return { line: found.line, endLine: found.endLine };
}

function stageOf(instructions: readonly Instruction[], name: string): readonly Instruction[] {
  const stages: Stage[] = [];
  instructions.forEach((instruction, index) => {
    if (instruction.keyword !== 'FROM') return;
    const next = instructions.findIndex(({ keyword }, other) => other > index && keyword === 'FROM');
    stages.push({
      name: /\sAS\s+(\S+)\s*$/i.exec(instruction.text)?.[1]?.toLowerCase(),
      instructions: instructions.slice(index, next < 0 ? undefined : next),
    });
  });
  if (name === '') return stages.length === 1 ? (stages[0]?.instructions ?? []) : [];
  const named = stages.find((stage) => stage.name === name.toLowerCase());
  const numbered = /^stage-(\d+)$/.exec(name)?.[1];
  return (named ?? (numbered === undefined ? undefined : stages[Number(numbered)]))?.instructions ?? [];
}
