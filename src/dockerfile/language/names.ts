import type { Instruction } from '../model/instruction';
import { stageNamed, type Model } from '../model/model';
import type { Stage } from '../model/stages';
import type { Span } from '../model/text';
import { variableNames } from './variableNames';

export interface Occurrence extends Span {
  readonly role: 'definition' | 'write' | 'read';
  /** It means the thing without saying its name: `--from=0`, or a variable that holds the name. */
  readonly indirect?: boolean;
}

/** Something that has a name, and every place that means it. */
export interface Named {
  readonly kind: 'stage' | 'variable' | 'heredoc';
  readonly name: string;
  readonly occurrences: readonly Occurrence[];
  /** A template: why it cannot be given another name. */
  readonly fixed?: string;
}

/** A stage of a Dockerfile as the builder tells them apart. */
export interface StageName extends Named {
  readonly stage: Stage;
}

const known = new WeakMap<Model, readonly Named[]>();

/** Everything that has a name. */
export function namesIn(model: Model): readonly Named[] {
  const found = known.get(model) ?? [...stageNames(model), ...variableNames(model), ...heredocNames(model)];
  known.set(model, found);
  return found;
}

/** What stands at a place, and which of its occurrences that is. */
export function nameAt(model: Model, offset: number): { named: Named; occurrence: Occurrence } | undefined {
  let best: { named: Named; occurrence: Occurrence } | undefined;
  for (const named of namesIn(model)) {
    const occurrence = named.occurrences.find(({ start, end }) => start <= offset && offset <= end);
    if (!occurrence) continue;
    const size = best ? best.occurrence.end - best.occurrence.start : Infinity;
    if (occurrence.end - occurrence.start < size) best = { named, occurrence };
  }
  return best;
}

/** The stage that is meant at a place. */
export function stageAt(model: Model, offset: number): Stage | undefined {
  return stageNames(model).find(({ occurrences }) =>
    occurrences.some(({ start, end }) => start <= offset && offset <= end),
  )?.stage;
}

function stageNames(model: Model): StageName[] {
  const places = new Map<Stage, Occurrence[]>();
  const through = new Set<Stage>();
  const add = (stage: Stage | undefined, place: Occurrence): void => {
    if (!stage) return;
    const found = places.get(stage) ?? [];
    found.push(place);
    places.set(stage, found);
  };
  for (const stage of model.stages) {
    const { name, image, base } = stage;
    add(stage, {
      ...spanOf(name ?? stage.from.keywordWord),
      role: 'definition',
      ...(!name && { indirect: true }),
    });
    const comment = name && describing(model, stage);
    if (comment) add(stage, comment);
    if (!base || !image) continue;
    const indirect = image.text.includes('$');
    if (indirect) through.add(base);
    add(base, { ...spanOf(image), role: 'read', ...(indirect && { indirect }) });
  }
  for (const instruction of model.instructions) {
    for (const { text, span } of stageUses(instruction))
      add(stageNamed(model, text), { ...span, role: 'read', ...(/^\d+$/.test(text) && { indirect: true }) });
  }
  return [...places].map(([stage, occurrences]) => ({
    kind: 'stage',
    stage,
    name: stage.name?.text ?? String(stage.index),
    occurrences,
    ...(!stage.name
      ? { fixed: 'This stage has no name yet: write AS and a name behind its image.' }
      : through.has(stage) && { fixed: 'A variable holds the name of this stage: change both by hand.' }),
  }));
}

/** What `--from` and the `from` of mounts say, after ONBUILD too. */
export function stageUses(instruction: Instruction): { text: string; span: Span }[] {
  const inner = instruction.trigger ?? instruction;
  const uses: { text: string; span: Span }[] = [];
  for (const flag of inner.flags) {
    if (flag.name === 'from' && flag.value !== undefined && flag.valueSpan)
      uses.push({ text: flag.value, span: withoutQuotes(inner, flag.valueSpan) });
    if (flag.name !== 'mount') continue;
    for (const { key, value, valueSpan } of inner.options(flag))
      if (key === 'from' && value !== undefined && valueSpan)
        uses.push({ text: value, span: withoutQuotes(inner, valueSpan) });
  }
  return uses;
}

function withoutQuotes({ facts: { text } }: Instruction, { start, end }: Span): Span {
  const from = /["']/.test(text.charAt(start)) ? start + 1 : start;
  const to = end > from && /["']/.test(text.charAt(end - 1)) ? end - 1 : end;
  return { start: from, end: to };
}

/** `# name what it is for` above a FROM: BuildKit shows it as the stage's description. */
function describing({ lines }: Model, { line, name }: Stage): Occurrence | undefined {
  if (!name || line === 0) return undefined;
  const above = lines.textOf(line - 1).slice(0, 500);
  const start = /^[ \t]*#[ \t]*/.exec(above)?.[0].length;
  if (start === undefined || !/^\s/.test(above.slice(start + name.text.length))) return undefined;
  if (!above.startsWith(name.text, start)) return undefined;
  const from = lines.startOf(line - 1) + start;
  return { start: from, end: from + name.text.length, role: 'read' };
}

function heredocNames({ instructions, lines }: Model): Named[] {
  return instructions.flatMap((instruction) =>
    instruction.heredocs.map(({ name, nameSpan, delimiterLine }): Named => {
      const raw = lines.text.slice(nameSpan.start, nameSpan.end);
      const at = raw.indexOf(name);
      const start = nameSpan.start + Math.max(at, 0);
      const occurrences: Occurrence[] = [{ start, end: start + name.length, role: 'definition' }];
      if (delimiterLine !== undefined) {
        const end = lines.endOf(delimiterLine);
        occurrences.push({ start: end - name.length, end, role: 'read' });
      }
      const fixed = at < 0 ? 'This name is quoted in parts: change it by hand.' : undefined;
      return { kind: 'heredoc', name, occurrences, ...(fixed && { fixed }) };
    }),
  );
}

const spanOf = ({ start, end }: Span): Span => ({ start, end });
