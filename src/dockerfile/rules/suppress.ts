import { parseCheck, type CheckOptions } from '../model/directives';
import type { Instruction } from '../model/instruction';
import type { Model } from '../model/model';
import type { RuleInfo } from './catalog';
import type { Finding, LintContext } from './finding';

export interface Comments {
  /** The last comment above each instruction, as a description of it. */
  readonly description: ReadonlyMap<Instruction, string>;
  /** Rules that are left out, by line of the instruction. */
  readonly skipped: ReadonlyMap<number, ReadonlySet<string>>;
}

const hadolint = /^hadolint\s+(global\s+)?ignore\s*=\s*([A-Za-z0-9_,\s]+)/;

/** The comments between instructions: those since the last one, or since an empty `#`, belong to the next. */
export function readComments(model: Model): Comments & { readonly global: ReadonlySet<string> } {
  const description = new Map<Instruction, string>();
  const skipped = new Map<number, Set<string>>();
  const global = new Set<string>();
  let next = 0;
  for (const instruction of model.instructions) {
    let last: string | undefined;
    const rules = new Set<string>();
    for (; next < model.commentLines.length; next += 1) {
      const line = model.commentLines[next] ?? 0;
      if (line > instruction.line) break;
      const text = model.lines
        .textOf(line)
        .trim()
        .replace(/^\uFEFF/, '')
        .slice(1)
        .trim();
      if (text === '') last = undefined;
      else if (/^check\s*=/.test(text)) checkComment(text).forEach((rule) => rules.add(rule));
      else last = text;
      const ignore = hadolint.exec(text);
      const target = ignore?.[1] ? global : rules;
      for (const rule of ignore?.[2]?.split(/[\s,]+/) ?? []) target.add(rule);
    }
    if (last !== undefined) description.set(instruction, last);
    if (rules.size > 0) skipped.set(instruction.line, rules);
  }
  return { description, skipped, global };
}

/** `check=skip=A,B // why`. */
function checkComment(text: string): readonly string[] {
  return parseCheck(text.slice(text.indexOf('=') + 1).split('//')[0] ?? '').skip;
}

/** What the directive, or the build argument in its place, asks for. */
export function checkOptions(model: Model, context: LintContext): CheckOptions {
  const directive = model.directives.find(({ name }) => name === 'check')?.value;
  return parseCheck(context.check ?? directive ?? '');
}

/** Whether a finding was asked to be left out, by its name or one of hadolint's for it. */
export function isSkipped(
  { rule }: Finding,
  { kind, aliases }: RuleInfo,
  check: CheckOptions,
  comments: ReturnType<typeof readComments>,
  instructionLine: number,
): boolean {
  const names = new Set([rule, ...aliases].map((name) => name.toLowerCase()));
  if (kind === 'buildkit') names.add('all');
  const named = (rules: Iterable<string>): boolean => {
    for (const name of rules) if (names.has(name.toLowerCase())) return true;
    return false;
  };
  const here = comments.skipped.get(instructionLine);
  return named(check.skip) || (here !== undefined && named(here)) || named(comments.global);
}
