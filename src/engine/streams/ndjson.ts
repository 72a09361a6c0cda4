import { knownFailure } from '../answers';
import { EngineError, sentence } from '../errors';
import { record, text, type Json } from '../wire/read';

/** Bytes; the longest an engine sends (a BuildKit trace) stays well below. */
const LONGEST_LINE = 4 * 1024 * 1024;

/** How much of a line that could not be used is told. */
const JUNK_SHOWN = 200;

interface NdjsonOptions {
  /** Called with the start of every line that is not JSON, or longer than `longestLine`; the stream goes on. */
  readonly onJunk?: (line: string) => void;
  /** Bytes of one line that are kept at most. */
  readonly longestLine?: number;
}

/**
 * Takes the JSON values out of a stream that has one per line. Lines are decoded whole, so a character that is split over
 * chunks survives. Memory is bounded by the longest line.
 */
export class NdjsonParser {
  readonly #onJunk: ((line: string) => void) | undefined;
  readonly #longest: number;
  #open: Buffer[] = [];
  #length = 0;
  #dropping = false;

  constructor({ onJunk, longestLine = LONGEST_LINE }: NdjsonOptions = {}) {
    this.#onJunk = onJunk;
    this.#longest = longestLine;
  }

  /** The values that are whole now. */
  push(chunk: Buffer): unknown[] {
    const values: unknown[] = [];
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      this.#keep(chunk.subarray(from, end));
      from = end + 1;
      this.#close(values);
    }
    if (from < chunk.length) this.#keep(chunk.subarray(from));
    return values;
  }

  /** The stream is over: the value of a last line without an end, if there is one. */
  end(): unknown[] {
    const values: unknown[] = [];
    this.#close(values);
    return values;
  }

  #keep(part: Buffer): void {
    this.#length += part.length;
    if (this.#dropping) return;
    this.#open.push(part);
    if (this.#length <= this.#longest) return;
    this.#dropping = true;
    this.#onJunk?.(Buffer.concat(this.#open).toString('utf8', 0, JUNK_SHOWN));
    this.#open = [];
  }

  #close(values: unknown[]): void {
    const line = this.#open.length === 1 ? this.#open[0] : Buffer.concat(this.#open);
    if (!this.#dropping && line && line.length > 0) this.#parse(line.toString('utf8'), values);
    this.#open = [];
    this.#length = 0;
    this.#dropping = false;
  }

  #parse(line: string, values: unknown[]): void {
    try {
      values.push(JSON.parse(line));
    } catch {
      if (line.trim() !== '') this.#onJunk?.(line.slice(0, JUNK_SHOWN));
    }
  }
}

/** The values of a stream, as `NdjsonParser` finds them. Errors of the source pass through. */
export async function* ndjson(source: AsyncIterable<Buffer>, options: NdjsonOptions = {}): AsyncGenerator {
  const parser = new NdjsonParser(options);
  for await (const chunk of source) yield* parser.push(chunk);
  yield* parser.end();
}

/**
 * The messages of a pull, push, load, import or build (`pkg/jsonmessage` of moby): as `ndjson`, but a message that
 * tells a failure (`errorDetail`, or the older `error`) rejects with the `EngineError` it stands for. Lines that are
 * not JSON objects are reported as junk.
 */
export async function* messages(
  source: AsyncIterable<Buffer>,
  options: NdjsonOptions = {},
): AsyncGenerator<Json> {
  for await (const value of ndjson(source, options)) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      options.onJunk?.(JSON.stringify(value).slice(0, JUNK_SHOWN));
      continue;
    }
    const message = record(value);
    const said = text(record(message['errorDetail'])['message']) || text(message['error']);
    if (said !== '') throw messageFailure(said);
    yield message;
  }
}

/** The error for a failure that the engine tells within a stream, after it had already answered 200. */
export function messageFailure(said: string): EngineError {
  return (
    knownFailure(said) ??
    new EngineError('unknown', sentence('The engine says: {0}', said), { cause: new Error(said) })
  );
}
