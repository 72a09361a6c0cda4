import { EngineError, sentence } from '../errors';
import { checkEnv } from './env';
import type { Flag } from './flag';
import { FLAGS } from './flags';
import { healthConfig } from './health';
import { FieldError, invalid } from './invalid';
import { networkBody } from './networks';
import { parseInteger } from './numbers';
import { parseImage } from './reference';
import { parseRestart } from './restart';
import type { RunSpec } from './spec';

type Rule = (value: unknown) => void;

const RULES: ReadonlyMap<string, Rule> = new Map([
  ['image', textRule(parseImage)],
  ['command', listRule()],
  ['passEnv', listRule(checkEnv)],
  ['engine', textRule()],
  ['show', isBoolean],
  ...FLAGS.flatMap((flag): [string, Rule][] => [
    [flag.field, ruleOf(flag)],
    ...(flag.kind === 'text' && flag.further !== undefined
      ? [[flag.further, listRule(flag.check)] as [string, Rule]]
      : []),
  ]),
]);

/**
 * Refuse a value of one field of a `RunSpec`: of the wrong type, or against the CLI's grammar. A form calls it for each field
 * as it changes. Throws a `FieldError` whose sentence says what to write instead.
 */
export function checkField(field: keyof RunSpec, value: unknown): void {
  if (value === undefined) return;
  try {
    RULES.get(field)?.(value);
  } catch (error) {
    if (error instanceof EngineError) throw new FieldError(field, error.sentence, error);
    throw error;
  }
}

/** Refuse fields that exclude each other. Throws a `FieldError` for the one to change. */
export function checkConflicts(spec: Partial<RunSpec>): void {
  if (spec.remove && !/^(?:|no)$/.test(parseRestart(spec.restart ?? '').Name)) {
    const text =
      'A container that is removed when it stops (--rm) cannot restart. Leave out --rm or --restart.';
    throw new FieldError('restart', sentence(text));
  }
  if (spec.detach && spec.attach && spec.attach.length > 0) {
    const text = 'A container cannot run in the background (-d) and be attached to (-a). Leave one out.';
    throw new FieldError('attach', sentence(text));
  }
  if (spec.logDriver === 'none' && Object.keys(spec.logOpts ?? {}).length > 0) {
    throw new FieldError('logOpts', sentence('The log driver none has no options. Leave out --log-opt.'));
  }
  healthConfig(spec);
  networkBody(spec);
}

/**
 * Anything at all as a `RunSpec`: its fields have their types, their values the CLI's grammar, and none is unknown. For specs
 * that come from other extensions, key bindings and forms. Throws a `FieldError`, or an `EngineError` of kind `invalid`.
 */
export function checkRunSpec(value: unknown): RunSpec {
  if (typeof value !== 'object' || value === null || !('image' in value) || value.image === undefined) {
    throw invalid('Say which image to run, as in { image: "nginx" }.');
  }
  for (const [field, given] of Object.entries(value)) {
    if (!isField(field)) throw invalid('"{0}" is not a setting of docker run. Leave it out.', field);
    checkField(field, given);
  }
  const spec = value as RunSpec;
  checkConflicts(spec);
  return spec;
}

function isField(name: string): name is keyof RunSpec {
  return RULES.has(name);
}

function ruleOf(flag: Flag): Rule {
  const check = flag.check ?? flag.parse;
  switch (flag.kind) {
    case 'boolean':
      return isBoolean;
    case 'text':
      return textRule(check);
    case 'number':
      return (value) => {
        if (typeof value !== 'number') throw invalid('{0} is not a number.', describe(value));
        parseInteger(String(value), flag.least, flag.most);
      };
    case 'list':
    case 'word':
      return listRule(check);
    case 'record':
    case 'env':
      return recordRule(check);
  }
}

function isBoolean(value: unknown): void {
  if (typeof value !== 'boolean') throw invalid('{0} is neither true nor false.', describe(value));
}

function textRule(check?: (value: string) => unknown): Rule {
  return (value) => {
    if (typeof value !== 'string') throw invalid('{0} is not text.', describe(value));
    check?.(value);
  };
}

function listRule(check?: (value: string) => unknown): Rule {
  return (value) => {
    if (!Array.isArray(value)) throw invalid('{0} is not a list of texts.', describe(value));
    value.forEach(textRule(check));
  };
}

function recordRule(check?: (value: string) => unknown): Rule {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      throw invalid('{0} is not a set of names with values.', describe(value));
    }
    for (const [key, item] of Object.entries(value)) {
      if (typeof item !== 'string') throw invalid('The value of {0} is not text.', key);
      check?.(`${key}=${item}`);
    }
  };
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'A list';
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string'
    ? `"${value}"`
    : `A value of type ${typeof value}`;
}
