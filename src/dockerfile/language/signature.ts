import { instructionAt, type Model } from '../model/model';
import { instructionDocs } from './docs';

export interface Signature {
  readonly label: string;
  readonly text: string;
  /** Stretches of the label. */
  readonly parameters: readonly (readonly [number, number])[];
  readonly active: number;
  /** Asked for by a blank that was typed, it would be in the way: the text is a shell's. */
  readonly noisy: boolean;
}

const noisy = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'MAINTAINER']);

/** How the instruction at a place is written, and which part of it one is in. */
export function signatureAt(model: Model, offset: number): Signature | undefined {
  const instruction = instructionAt(model, offset);
  const inner = instruction?.trigger ?? instruction;
  const docs = inner && instructionDocs[inner.keyword];
  if (!inner || !docs || offset <= inner.keywordWord.end || offset > inner.headEnd + 1) return undefined;
  const [label, text] = docs;
  const parameters: [number, number][] = [];
  const skipped = inner.keyword.length;
  for (const match of label.slice(skipped).matchAll(/\[[^\]"]*\](?:=default\]…|…)?|\["[^\]]*\]|\S+/g))
    parameters.push([skipped + match.index, skipped + match.index + match[0].length]);
  return {
    label,
    text,
    parameters,
    active: active(label, parameters, inner, offset),
    noisy: noisy.has(inner.keyword),
  };
}

function active(
  label: string,
  parameters: readonly (readonly [number, number])[],
  {
    flags,
    args,
  }: {
    readonly flags: readonly { start: number; end: number }[];
    readonly args: readonly { start: number; end: number }[];
  },
  offset: number,
): number {
  const optional = label.slice(parameters[0]?.[0]).startsWith('[--') ? 1 : 0;
  if (optional === 1 && flags.some(({ start, end }) => start <= offset && offset <= end)) return 0;
  const before = args.filter(({ end }) => end < offset).length;
  const last = parameters.length - 1;
  // The destination is the last word; what stands before it are sources.
  if (/destination$/.test(label)) {
    const at = args.findIndex(({ start, end }) => start <= offset && offset <= end);
    return before > 0 && (at < 0 || at === args.length - 1) ? last : optional;
  }
  return Math.min(optional + (before > 1 && label.startsWith('FROM') ? 1 : before), last);
}
