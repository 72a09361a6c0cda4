import type { Instruction } from '../model/instruction';
import { instructionAt, type Model } from '../model/model';
import { scopeAt, type BaseEnv, type Binding } from '../model/scope';
import type { Stage } from '../model/stages';
import type { Span } from '../model/text';
import { expand } from '../model/variables';
import { flagDoc, instructionDocs, mountDoc, wellKnownPorts } from './docs';
import { nameAt, stageAt } from './names';

/** What is under the pointer, in facts; the editor's half puts them into words. */
export type Hover = Span &
  (
    | {
        readonly kind: 'instruction';
        readonly keyword: string;
        readonly usage: string;
        readonly text: string;
      }
    | { readonly kind: 'option'; readonly name: string; readonly text: string }
    | { readonly kind: 'variable'; readonly name: string; readonly binding: Binding | undefined }
    | { readonly kind: 'stage'; readonly stage: Stage; readonly image: string; readonly description: string }
    | { readonly kind: 'image'; readonly reference: string; readonly platform: string | undefined }
    | {
        readonly kind: 'port';
        readonly port: string;
        readonly protocol: string;
        readonly usual: string | undefined;
      }
  );

export function hoverAt(model: Model, offset: number, baseEnv?: BaseEnv): Hover | undefined {
  const instruction = instructionAt(model, offset);
  if (!instruction) return undefined;
  const inner = instruction.trigger ?? instruction;
  for (const { keyword, keywordWord } of [instruction, inner]) {
    const docs = holds(keywordWord, offset) ? instructionDocs[keyword] : undefined;
    if (docs) return { kind: 'instruction', keyword, usage: docs[0], text: docs[1], ...spanOf(keywordWord) };
  }
  return (
    variableAt(model, instruction, offset, baseEnv) ??
    stageHover(model, offset) ??
    optionAt(inner, offset) ??
    imageAt(model, instruction, offset) ??
    portAt(inner, offset)
  );
}

const holds = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;
const spanOf = ({ start, end }: Span): Span => ({ start, end });

function variableAt(
  model: Model,
  instruction: Instruction,
  offset: number,
  baseEnv?: BaseEnv,
): Hover | undefined {
  const found = nameAt(model, offset);
  if (found?.named.kind !== 'variable') return undefined;
  const { named, occurrence } = found;
  const inner = instruction.trigger ?? instruction;
  const scope = instruction.stage ? scopeAt(model, instruction, baseEnv) : model.globals;
  let binding = scope.get(named.name);
  const property = inner.properties.find((one) => holds(one.nameSpan, offset));
  if (property && (inner.keyword === 'ARG' || inner.keyword === 'ENV')) {
    const value =
      property.value === undefined
        ? model.globals.get(named.name)?.value
        : expand(property.value, model.escape, scope.lookup).value;
    binding = { name: named.name, kind: inner.keyword, value, instruction: inner, property };
  }
  return { kind: 'variable', name: named.name, binding, ...spanOf(occurrence) };
}

function stageHover(model: Model, offset: number): Hover | undefined {
  const stage = stageAt(model, offset);
  const occurrence = nameAt(model, offset)?.occurrence;
  if (!stage || !occurrence) return undefined;
  const above = stage.line > 0 ? model.lines.textOf(stage.line - 1).slice(0, 500) : '';
  const description = /^[ \t]*#[ \t]*(\S+)[ \t]+(.*)$/.exec(above);
  return {
    kind: 'stage',
    stage,
    image: stage.image?.text ?? '',
    description: description?.[1] === stage.name?.text ? (description?.[2] ?? '').trim() : '',
    ...spanOf(occurrence),
  };
}

function optionAt(inner: Instruction, offset: number): Hover | undefined {
  const flag = inner.flags.find((one) => holds(one, offset));
  if (!flag) return undefined;
  const option =
    flag.name === 'mount' ? inner.options(flag).find(({ keySpan }) => holds(keySpan, offset)) : undefined;
  const text = option ? mountDoc(option.key) : flagDoc(flag.name);
  if (text === undefined) return undefined;
  return option
    ? { kind: 'option', name: option.key, text, ...spanOf(option.keySpan) }
    : {
        kind: 'option',
        name: `--${flag.name}`,
        text,
        ...spanOf(holds(flag.nameSpan, offset) ? flag.nameSpan : flag),
      };
}

function imageAt(
  { globals, escape }: Model,
  { stage, keyword }: Instruction,
  offset: number,
): Hover | undefined {
  if (keyword !== 'FROM' || !stage?.image || stage.base || !holds(stage.image, offset)) return undefined;
  if (stage.resolved === '' || stage.resolved.toLowerCase() === 'scratch') return undefined;
  const platform = stage.platform?.value;
  const expanded = platform === undefined ? '' : expand(platform, escape, globals.lookup).value;
  return {
    kind: 'image',
    reference: stage.resolved,
    platform: expanded === '' ? undefined : expanded,
    ...spanOf(stage.image),
  };
}

function portAt(inner: Instruction, offset: number): Hover | undefined {
  const arg = inner.keyword === 'EXPOSE' ? inner.args.find((one) => holds(one, offset)) : undefined;
  const match = arg && /^(\d{1,5}(?:-\d{1,5})?)(?:\/(\w+))?$/.exec(arg.text);
  if (!arg || !match?.[1]) return undefined;
  const [, port, protocol = 'tcp'] = match;
  return {
    kind: 'port',
    port,
    protocol: protocol.toLowerCase(),
    usual: Object.hasOwn(wellKnownPorts, port) ? wellKnownPorts[port] : undefined,
    ...spanOf(arg),
  };
}
