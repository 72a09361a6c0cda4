import type { Instruction } from '../model/instruction';
import type { Model } from '../model/model';
import { isCommon, proxyArgs, scopeAt } from '../model/scope';
import type { Stage } from '../model/stages';
import { openQuote } from '../model/words';
import type { BaseConfig } from '../rules/finding';
import { nothing, offer, type Offer } from './item';

/** Where the builder, or the shell that it starts, replaces none. */
const never = new Set(['SHELL', 'MAINTAINER']);
const json = new Set(['CMD', 'ENTRYPOINT', 'RUN', 'HEALTHCHECK']);

/** The names that can stand behind the `$` at the end of what is written; undefined when none is there. */
export function variableItems(
  model: Model,
  offset: number,
  instruction: Instruction,
  written: string,
  base: (stage: Stage) => BaseConfig | undefined,
  head: Instruction = instruction,
): Offer | undefined {
  const match = /\$(\{?)([A-Za-z_]\w*)?$/.exec(written.slice(-300));
  if (!match) return /\$\{[^}]*$/.test(written.slice(-300)) ? nothing : undefined;
  const [whole, brace = '', name = ''] = match;
  const until = written.slice(0, written.length - whole.length);
  if (never.has(head.keyword) || isEscaped(until, model.escape)) return nothing;
  if (openQuote(until, model.escape) === "'") return nothing;
  if (json.has(head.keyword) && head.rest.text.startsWith('[')) return nothing;
  const { text } = model.lines;
  let end = offset;
  while (/\w/.test(text.charAt(end))) end += 1;
  const close = brace !== '' && !/[}:+\-?#%/]/.test(text.charAt(end)) ? '}' : '';
  const known = scopeAt(model, instruction, (stage) => base(stage)?.env).all();
  const names = new Set(known.map((one) => one.name));
  const given = model.globals.all().filter((one) => proxyArgs.includes(one.name) && !names.has(one.name));
  const span = { start: offset - name.length, end };
  return offer(
    [...known, ...given]
      .filter((one) => one.kind !== 'predefined' || one.name === one.name.toUpperCase())
      .map((one) => ({ ...one, common: isCommon(one, instruction.stage) }))
      .map(({ name: label, kind, value, common }) => ({
        label,
        common,
        kind: 'variable',
        span,
        insert: `${label}${close}`,
        detail: value === undefined ? undefined : value.slice(0, 200),
        doc: meaning[kind],
        rank: kind === 'predefined' ? 7 : kind === 'image' ? 6 : 5,
      })),
  );
}

const meaning = {
  ARG: 'A build argument.',
  ENV: 'An environment variable, kept in the image.',
  image: 'An environment variable of the base image.',
  predefined: 'Set by the builder.',
};

function isEscaped(text: string, escape: string): boolean {
  let count = 0;
  while (text.charAt(text.length - 1 - count) === escape) count += 1;
  return count % 2 === 1;
}
