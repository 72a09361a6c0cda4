import type { Model } from '../model/model';
import type { BaseConfig } from '../rules/finding';
import type { Stage } from '../model/stages';
import { argumentItems } from './arguments';
import { commentItems } from './comments';
import { argumentsOf, cursorAt, heredocAt, instructionBefore, marked } from './cursor';
import { flagNames, flagValues } from './flags';
import { keywordItems } from './instructions';
import { nothing, type Offer } from './item';
import { variableItems } from './variables';

/** What fits at a place of a Dockerfile. `base` tells of a stage's image what is known of it. */
export function complete(
  model: Model,
  offset: number,
  base: (stage: Stage) => BaseConfig | undefined = () => undefined,
): Offer {
  const { lines } = model;
  const line = lines.lineAt(offset);
  const before = lines.text.slice(lines.startOf(line), offset);
  const around = instructionBefore(model, offset);
  if (around && offset <= around.end) {
    const reader = heredocAt(around, offset);
    if (reader !== undefined)
      return reader === 'none' ? nothing : (variableItems(model, offset, around, before, base) ?? nothing);
  }
  if (/^\uFEFF?[ \t]*#/.test(before)) return commentItems(model, offset, line, before);
  const cursor = cursorAt(model, offset);
  if (!cursor)
    return /^\uFEFF?[ \t]*$/.test(before) ? keywordItems(model, offset, before, undefined) : nothing;
  const { head, whole } = cursor;
  if (cursor.onKeyword) return keywordItems(model, offset, before, cursor);
  const written = head.logical.text.slice(0, -1);
  const flag = head.flags.at(-1);
  const inFlag = flag !== undefined && marked(flag);
  if (!inFlag || !/^(?:from|mount)$/.test(flag.name)) {
    const variables = variableItems(model, offset, whole, written, base, head);
    if (variables) return variables;
  }
  if (inFlag) return flag.value === undefined ? flagNames(cursor) : flagValues(cursor, flag, base);
  const { before: words, text } = argumentsOf(cursor);
  if (words.length === 0 && /^-?$/.test(text)) {
    const flags = flagNames(cursor);
    if (text === '-') return flags;
    const rest = argumentItems(cursor, base);
    return { items: [...rest.items, ...flags.items], wants: rest.wants };
  }
  return argumentItems(cursor, base);
}
