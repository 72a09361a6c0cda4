import type { Instruction } from '../model/instruction';
import { instructionAt, type Model } from '../model/model';
import type { Span } from '../model/text';

/** What a selection at a place grows to, the smallest first: each holds the one before it. */
export function selectionsAt(model: Model, offset: number): Span[] {
  const { lines } = model;
  const instruction = instructionAt(model, offset);
  const spans: Span[] = instruction ? within(instruction, offset) : [];
  const stage = instruction
    ? instruction.stage
    : model.stages.find(
        ({ line, endLine }) => line <= lines.lineAt(offset) && lines.lineAt(offset) <= endLine,
      );
  if (!instruction) {
    const line = lines.lineAt(offset);
    spans.push({ start: lines.startOf(line), end: lines.endOf(line) });
  }
  if (stage) spans.push({ start: stage.from.start, end: stage.instructions.at(-1)?.end ?? stage.from.end });
  spans.push({ start: 0, end: lines.text.length });
  const grown: Span[] = [];
  for (const span of spans.filter(({ start, end }) => start <= offset && offset <= end).sort(bySize)) {
    const last = grown.at(-1);
    const holds = !last || (span.start <= last.start && last.end <= span.end);
    if (holds && !(last && span.start === last.start && span.end === last.end)) grown.push(span);
  }
  return grown;
}

const bySize = (one: Span, other: Span): number => one.end - one.start - (other.end - other.start);

function within(instruction: Instruction, offset: number): Span[] {
  const inner = instruction.trigger ?? instruction;
  const spans: Span[] = [
    instruction.keywordWord,
    { start: instruction.start, end: instruction.headEnd },
    { start: instruction.start, end: instruction.end },
    inner.keywordWord,
    inner.rest,
    ...(inner.json ? [] : inner.args),
    ...inner.properties.flatMap((property) => [property, property.nameSpan, property.valueSpan ?? property]),
    ...instruction.variables.flatMap((variable) => [variable, variable.nameSpan]),
    ...instruction.heredocs.flatMap(({ content, nameSpan }) => [content, nameSpan]),
  ];
  for (const flag of inner.flags) {
    spans.push(flag, flag.valueSpan ?? flag);
    if (flag.start > offset || offset > flag.end) continue;
    for (const option of inner.options(flag)) spans.push(option, option.valueSpan ?? option);
  }
  if (inner.json)
    spans.push(
      inner.json,
      ...inner.json.items,
      ...inner.json.items.map(({ start, end }) => ({ start: start + 1, end: end - 1 })),
    );
  for (const { content } of instruction.heredocs) {
    if (offset < content.start || offset > content.end) continue;
    const { text } = instruction.facts;
    const start = text.lastIndexOf('\n', offset - 1) + 1;
    const end = text.indexOf('\n', offset);
    spans.push({ start, end: end < 0 ? text.length : end });
  }
  return spans;
}
