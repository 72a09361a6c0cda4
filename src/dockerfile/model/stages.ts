import type { Flag } from './flags';
import type { Instruction } from './instruction';
import type { Word } from './logical';
import { expand, type Lookup } from './variables';

/** A build stage: a FROM and what follows it. */
export interface Stage {
  readonly index: number;
  readonly from: Instruction;
  /** As written. */
  readonly name: Word | undefined;
  readonly image: Word | undefined;
  /** The image with the defaults of global ARGs in it. */
  readonly resolved: string;
  readonly platform: Flag | undefined;
  /** The stage that it is made from, undefined for an image. */
  readonly base: Stage | undefined;
  /** FROM included. */
  readonly instructions: Instruction[];
  /** Of the FROM's line, and the last line before the next FROM. */
  readonly line: number;
  endLine: number;
}

export function stageOf(
  from: Instruction,
  index: number,
  earlier: ReadonlyMap<string, Stage>,
  lookup: Lookup,
): Stage {
  const [image, as, name] = from.args;
  const resolved = image ? expand(image.text, from.facts.escape, lookup).value : '';
  return {
    index,
    from,
    name: as?.text.toUpperCase() === 'AS' ? name : undefined,
    image,
    resolved,
    platform: from.flag('platform'),
    base: earlier.get(resolved.toLowerCase()),
    instructions: [],
    line: from.line,
    endLine: from.endLine,
  };
}

/** A stage and those it is made from, its own first. */
export function lineage(stage: Stage): Stage[] {
  const chain: Stage[] = [];
  for (let next: Stage | undefined = stage; next; next = next.base) chain.push(next);
  return chain;
}
