import { EngineError } from '../../errors';
import type { Flag } from '../flag';
import { LineError, type Span } from '../invalid';
import { parseBoolean, parseInteger } from '../numbers';
import { cut } from '../pairs';
import type { RunSpec } from '../spec';
import type { Word } from './words';

/**
 * What `parse` makes of a value that stands in `word`, and `span` to underline when it refuses. Undefined for a value that a
 * shell has yet to fill in: it cannot be checked. Throws a `LineError`.
 */
function readWord<T>(word: Word, span: Span, value: string, parse: (value: string) => T): T | undefined {
  if (word.expansions.length > 0) return undefined;
  try {
    return parse(value);
  } catch (error) {
    if (error instanceof EngineError) throw new LineError(span, error.sentence, error);
    throw error;
  }
}

/** The value, unless `check` refuses it. Throws a `LineError`. */
export function checkWord(word: Word, span: Span, value: string, check: (value: string) => unknown): string {
  readWord(word, span, value, check);
  return value;
}

/** The fields of a spec while its flags are read. The table of flags sees to it that each gets values of its type. */
export class Draft {
  readonly spans = new Map<keyof RunSpec, Span>();
  readonly #single = new Map<keyof RunSpec, boolean | number | string>();
  readonly #lists = new Map<keyof RunSpec, string[]>();
  readonly #records = new Map<keyof RunSpec, Map<string, string>>();
  /** Variables named without a value. */
  readonly #passEnv = new Set<string>();

  /** `word` holds the value, perhaps in quotes; `span` is what to underline when the value is refused. */
  set(flag: Flag, value: string, word: Word, span: Span): void {
    const check = flag.check ?? flag.parse;
    if (check) checkWord(word, span, value, check);
    this.spans.set(flag.field, word);
    switch (flag.kind) {
      case 'boolean': {
        const on = readWord(word, span, value, parseBoolean);
        if (on === undefined || on === flag.unset) this.#single.delete(flag.field);
        else this.#single.set(flag.field, on);
        break;
      }
      case 'number': {
        const number = readWord(word, span, value, (text) => parseInteger(text, flag.least, flag.most));
        if (number !== undefined) this.#single.set(flag.field, number);
        break;
      }
      case 'text':
        if (flag.further !== undefined && this.#single.has(flag.field)) {
          this.spans.set(flag.further, word);
          this.#list(flag.further).push(value);
        } else this.#single.set(flag.field, value);
        break;
      case 'word':
        this.#lists.set(flag.field, [value]);
        break;
      case 'list':
        this.#list(flag.field).push(value);
        break;
      case 'env':
        this.#setEnv(value);
        break;
      case 'record': {
        const [key, text = ''] = cut(value);
        this.#record(flag.field).set(key, text);
        break;
      }
    }
  }

  fields(): Partial<RunSpec> {
    const records = [...this.#records]
      .filter(([, entries]) => entries.size > 0)
      .map(([field, entries]) => [field, Object.fromEntries(entries)] as const);
    const passEnv = this.#passEnv.size > 0 ? [['passEnv', [...this.#passEnv]] as const] : [];
    return Object.fromEntries<unknown>([...this.#single, ...this.#lists, ...records, ...passEnv]);
  }

  /** A variable is given once, with a value or by name alone; the last time counts. */
  #setEnv(value: string): void {
    const [name, text] = cut(value);
    this.#passEnv.delete(name);
    this.#record('env').delete(name);
    if (text === undefined) this.#passEnv.add(name);
    else this.#record('env').set(name, text);
  }

  #list(field: keyof RunSpec): string[] {
    const list = this.#lists.get(field) ?? [];
    this.#lists.set(field, list);
    return list;
  }

  #record(field: keyof RunSpec): Map<string, string> {
    const entries = this.#records.get(field) ?? new Map<string, string>();
    this.#records.set(field, entries);
    return entries;
  }
}
