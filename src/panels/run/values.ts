import { MASK } from '../../engine/run/commandLine/secrets';
import { quote } from '../../engine/run/commandLine/quote';
import { FLAGS } from '../../engine/run/flags';
import { parseOptions } from '../../engine/run/options';
import type { RunSpec } from '../../engine/run/spec';
import { checkConflicts, checkField } from '../../engine/run/validate';
import { EngineError, sentence } from '../../engine/errors';
import { FieldError } from '../../engine/run/invalid';
import type { RunValues } from '../../protocol/run';

/** What a form shows of a spec. */
export function toValues(spec: Partial<RunSpec>): RunValues {
  const values: Record<string, string | boolean | readonly string[]> = {
    image: spec.image ?? '',
    command: line(spec.command),
  };
  for (const flag of FLAGS) {
    switch (flag.kind) {
      case 'boolean':
        values[flag.field] = spec[flag.field] ?? flag.unset ?? false;
        break;
      case 'text':
        values[flag.field] = spec[flag.field] ?? '';
        break;
      case 'number':
        values[flag.field] = spec[flag.field] === undefined ? '' : String(spec[flag.field]);
        break;
      case 'list':
        values[flag.field] = spec[flag.field] ?? [];
        break;
      case 'word':
        values[flag.field] = line(spec[flag.field]);
        break;
      case 'record':
        values[flag.field] = pairs(spec[flag.field]);
        break;
      case 'env':
        values[flag.field] = [...pairs(spec[flag.field]), ...(spec.passEnv ?? [])];
        break;
    }
  }
  return values;
}

export interface Read {
  readonly spec: RunSpec;
  /** By field: what is wrong with it. */
  readonly problems: ReadonlyMap<string, EngineError>;
  /** By field, of those that are lists: which of the values is the wrong one. */
  readonly items: ReadonlyMap<string, number>;
}

/** What was filled in, as a spec; `more` is what the form has no field for. Of values of unknown shape the usable part. */
export function fromValues(values: Readonly<Record<string, unknown>>, more: Partial<RunSpec> = {}): Read {
  const problems = new Map<string, EngineError>();
  const spec = new Map<string, unknown>(Object.entries({ ...more, image: textOf(values['image']).trim() }));
  const attempt = (field: string, work: () => unknown, shownAt = field): void => {
    try {
      const value = work();
      if (value === undefined) spec.delete(field);
      else {
        spec.set(field, value);
        checkField(field as keyof RunSpec, value);
      }
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      problems.set(shownAt, error);
    }
  };
  const items = new Map<string, number>();
  // A list says what is wrong with it, not with which of its values.
  const blame = (field: keyof RunSpec, rows: readonly string[], one: (row: string) => unknown): void => {
    if (!problems.has(field)) return;
    const at = rows.findIndex((row) =>
      isWrong(row.includes('=') || field !== 'env' ? field : 'passEnv', one(row)),
    );
    if (at >= 0) items.set(field, at);
  };
  attempt('image', () => {
    if (spec.get('image') === '') throw new EngineError('invalid', sentence('Say which image to run.'));
    return spec.get('image');
  });
  attempt('command', () => words(textOf(values['command'])));
  for (const flag of FLAGS) {
    const value = values[flag.field];
    if (value === undefined) continue;
    switch (flag.kind) {
      case 'boolean':
        attempt(flag.field, () =>
          typeof value === 'boolean' && value !== (flag.unset ?? false) ? value : undefined,
        );
        break;
      case 'text':
        attempt(flag.field, () => textOf(value).trim() || undefined);
        break;
      case 'number':
        attempt(flag.field, () => numberOf(textOf(value).trim()));
        break;
      case 'list':
        attempt(flag.field, () => filled(listOf(value)));
        blame(flag.field, listOf(value), (row) => [row]);
        break;
      case 'word':
        attempt(flag.field, () => words(textOf(value)));
        break;
      case 'record':
        attempt(flag.field, () => recordOf(listOf(value)));
        blame(flag.field, listOf(value), (row) => recordOf([row]));
        break;
      case 'env':
        attempt(flag.field, () => recordOf(listOf(value).filter((item) => item.includes('='))));
        attempt('passEnv', () => filled(listOf(value).filter((item) => !item.includes('='))), flag.field);
        blame(flag.field, listOf(value), (row) => (row.includes('=') ? recordOf([row]) : [row]));
        break;
    }
  }
  const whole = Object.fromEntries(spec) as unknown as RunSpec;
  try {
    if (problems.size === 0) checkConflicts(whole);
  } catch (error) {
    if (!(error instanceof FieldError)) throw error;
    problems.set(error.field, error);
  }
  return { spec: whole, problems, items };
}

function isWrong(field: keyof RunSpec, value: unknown): boolean {
  try {
    checkField(field, value);
    return false;
  } catch {
    return true;
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const line = (all: readonly string[] = []): string => all.map((word) => quote(word, 'sh')).join(' ');
const pairs = (all: Readonly<Record<string, string>> = {}): string[] =>
  Object.entries(all).map(([key, value]) => `${key}=${value}`);
const filled = <T>(all: readonly T[]): readonly T[] | undefined => (all.length > 0 ? all : undefined);

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(textOf).filter((item) => item.trim() !== '') : [];
}

function recordOf(items: readonly string[]): Record<string, string> | undefined {
  const entries = items.map((item): [string, string] => {
    const at = item.indexOf('=');
    return at < 0 ? [item, ''] : [item.slice(0, at), item.slice(at + 1)];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

function numberOf(said: string): unknown {
  if (said === '') return undefined;
  // What is none is refused with the words of the check.
  return /^-?\d+$/.test(said) ? Number(said) : said;
}

/** The words of a command, by the rules of a shell's quotes. */
function words(said: string): readonly string[] | undefined {
  if (said.trim() === '') return undefined;
  const parsed = parseOptions(`-- ${said}`, { image: '-' });
  if ('error' in parsed) throw parsed.error;
  return parsed.spec.command;
}

/** Values that a line showed masked are those that were there: nobody has typed three stars. */
export function withSecrets(read: RunSpec, before: RunSpec): RunSpec {
  const restored = (now: Readonly<Record<string, string>> = {}, old: Readonly<Record<string, string>> = {}) =>
    Object.fromEntries(
      Object.entries(now).map(([key, value]) => [key, value === MASK ? (old[key] ?? value) : value]),
    );
  return {
    ...read,
    ...(read.env && { env: restored(read.env, before.env) }),
    ...(read.labels && { labels: restored(read.labels, before.labels) }),
  };
}
