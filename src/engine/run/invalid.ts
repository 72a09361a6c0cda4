import { EngineError, sentence, type Sentence } from '../errors';
import type { RunSpec } from './spec';

/** Part of a text: 0-based character offsets, `end` exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value of `docker run` that is not what its grammar allows. The sentence says what to write instead. */
export function invalid(text: string, ...args: (string | number)[]): EngineError {
  return new EngineError('invalid', sentence(text, ...args.map(shortened)));
}

/** What is wrong with one field of a `RunSpec`, for a form that shows it beside that field. */
export class FieldError extends EngineError {
  readonly field: keyof RunSpec;

  constructor(field: keyof RunSpec, what: Sentence, cause?: unknown) {
    super('invalid', what, { cause });
    this.name = 'FieldError';
    this.field = field;
  }
}

/** What is wrong with a command line, and which characters of it to underline. */
export class LineError extends EngineError implements Span {
  readonly start: number;
  readonly end: number;

  constructor(at: Span, what: Sentence, cause?: unknown) {
    super('invalid', what, { cause });
    this.name = 'LineError';
    this.start = at.start;
    this.end = at.end;
  }
}

/** A value inside a sentence: a pasted file must not become a message of a megabyte. */
function shortened(value: string | number): string {
  const text = String(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
