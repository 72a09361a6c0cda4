import { resized } from './memory';
import { CONTINUATION, DIVIDER, levelOf, sourceOf, STDERR, type Level } from './meta';

/** Lines as they come from the host, told apart by the worker. */
export interface Lines {
  readonly text: Uint8Array;
  readonly times: Float64Array;
  readonly meta: Uint16Array;
}

/** What of the lines is to be seen. What is looked for in their text is judged elsewhere: `Chunk.matched`. */
export interface Shows {
  readonly matching: boolean;
  readonly inverse: boolean;
  readonly levels: ReadonlySet<Level>;
  readonly streams: 'both' | 'stdout' | 'stderr';
  /** Places of containers. */
  readonly hidden: ReadonlySet<number>;
  /** Stack traces are folded; not while one looks for text, which may be inside of them. */
  readonly fold: boolean;
}

/** Lines and bytes of a chunk: few enough to judge all of it within a blink, so many that there are few chunks. */
const LINES = 8192;
const BYTES = 512 * 1024;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
let chunks = 0;

/** Some lines, one after the other, in as little memory as they need: UTF-8 and typed arrays. */
export class Chunk {
  readonly id = ++chunks;
  count = 0;
  /** Bytes of its text. */
  size = 0;
  #bytes = new Uint8Array(0);
  /** Where each line ends: at its `\n`. */
  #ends = new Uint32Array(0);
  #times = new Float64Array(0);
  #meta = new Uint16Array(0);
  /** Of the lines that were judged: whether the filter's, and the search's, text is in them. */
  matched = new Uint8Array(0);
  found = new Uint8Array(0);
  /** The lines that are to be seen, in order; `undefined` for all. */
  rows: Uint16Array | undefined;
  /** First lines of stack traces that are unfolded; -1 for one that began in the chunk before. */
  readonly unfolded = new Set<number>();

  get full(): boolean {
    return this.count >= LINES || this.size >= BYTES;
  }

  get rowCount(): number {
    return this.rows?.length ?? this.count;
  }

  add({ text, times, meta }: Lines): void {
    this.#bytes = grown(this.#bytes, this.size + text.length, Uint8Array);
    const count = this.count + meta.length;
    this.#ends = grown(this.#ends, count, Uint32Array);
    this.#times = grown(this.#times, count, Float64Array);
    this.#meta = grown(this.#meta, count, Uint16Array);
    this.#bytes.set(text, this.size);
    this.#times.set(times, this.count);
    this.#meta.set(meta, this.count);
    let end = -1;
    for (let index = this.count; index < count; index++) {
      end = text.indexOf(10, end + 1);
      this.#ends[index] = this.size + end;
    }
    this.count = count;
    this.size += text.length;
    if (this.full) this.#trim();
  }

  time(line: number): number {
    return this.#times[line] ?? 0;
  }

  meta(line: number): number {
    return this.#meta[line] ?? 0;
  }

  /** Bytes of a line. */
  length(line: number): number {
    return (this.#ends[line] ?? 0) - this.#start(line);
  }

  /** The text of a line, of at most so many bytes. */
  text(line: number, most = Infinity): string {
    const start = this.#start(line);
    return decoder.decode(this.#bytes.subarray(start, Math.min(this.#ends[line] ?? 0, start + most)));
  }

  /** A copy of the lines from `line` on, to be judged by somebody else. */
  bytesFrom(line: number): Uint8Array {
    return this.#bytes.slice(this.#start(line), this.size);
  }

  /** Bytes in memory. */
  get weight(): number {
    const arrays = [this.#bytes, this.#ends, this.#times, this.#meta, this.matched, this.found];
    return arrays.reduce((sum, { byteLength }) => sum + byteLength, this.rows?.byteLength ?? 0);
  }

  /** The lines that go on with the stack trace that `line` begins. */
  continued(line: number): number {
    let count = 0;
    while (this.meta(line + 1 + count) & CONTINUATION && line + 1 + count < this.count) count++;
    return count;
  }

  /** Decide anew which lines are to be seen. */
  show(shows: Shows): void {
    const { matching, inverse, levels, streams, hidden, fold } = shows;
    const all = !matching && levels.size === 0 && streams === 'both' && hidden.size === 0;
    const rows = new Uint16Array(this.count);
    let length = 0;
    let head = -1;
    for (let line = 0; line < this.count; line++) {
      const meta = this.#meta[line] ?? 0;
      const goesOn = (meta & CONTINUATION) !== 0;
      if (!goesOn) head = line;
      if (!all) {
        if (hidden.has(sourceOf(meta))) continue;
        if (!(meta & DIVIDER)) {
          if (matching && (line >= this.matched.length || (this.matched[line] === 1) === inverse)) continue;
          if (levels.size > 0 && !levels.has(levelOf(meta))) continue;
          if (streams !== 'both' && (streams === 'stderr') !== ((meta & STDERR) !== 0)) continue;
        }
      }
      if (fold && goesOn && !this.unfolded.has(head)) continue;
      rows[length++] = line;
    }
    this.rows = length === this.count ? undefined : rows.slice(0, length);
  }

  /** The line in this row, and the first row whose line is not before `line`. */
  lineAt(row: number): number {
    return this.rows ? (this.rows[row] ?? 0) : row;
  }

  rowFrom(line: number): number {
    const { rows } = this;
    if (!rows) return line;
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((rows[middle] ?? 0) < line) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #start(line: number): number {
    return line === 0 ? 0 : (this.#ends[line - 1] ?? 0) + 1;
  }

  /** Nothing is added any more. */
  #trim(): void {
    this.#bytes = new Uint8Array(resized(this.#bytes.buffer, this.size));
    this.#ends = new Uint32Array(resized(this.#ends.buffer, this.count * 4));
    this.#times = new Float64Array(resized(this.#times.buffer, this.count * 8));
    this.#meta = new Uint16Array(resized(this.#meta.buffer, this.count * 2));
  }
}

/** An array with room for `needed`; what is in the one before stays, and that one is gone. */
function grown<T extends { readonly length: number; readonly buffer: ArrayBuffer }>(
  array: T,
  needed: number,
  type: (new (buffer: ArrayBuffer) => T) & { readonly BYTES_PER_ELEMENT: number },
): T {
  if (needed <= array.length) return array;
  const length = Math.max(needed, array.length * 2, 64);
  return new type(resized(array.buffer, length * type.BYTES_PER_ELEMENT));
}
