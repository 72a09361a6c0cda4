import { Chunk, type Lines, type Shows } from './chunk';
import { CONTINUATION } from './meta';

/** A line, wherever it moves when others come before it or go. */
export interface Place {
  readonly chunk: Chunk;
  readonly line: number;
}

/** Of all chunks: how much is kept. The oldest go first. */
const LINES = 1_000_000;
const BYTES = 200 * 1024 * 1024;

/** The lines of a panel, in their order, and which of them are to be seen. */
export class LogStore {
  #chunks: Chunk[] = [];
  /** How many chunks at the front are of the older lines that are being read: more of them go behind those. */
  #older = 0;
  /** Whether the last of those takes more. */
  #olderOpen = false;
  #shows: Shows;
  /** Of each chunk, the rows before it; `undefined` when they must be counted anew. */
  #starts: number[] | undefined;
  count = 0;
  size = 0;
  /** Whether lines had to go to make room. */
  dropped = false;
  readonly #limits: { readonly lines: number; readonly bytes: number };

  constructor(
    shows: Shows,
    limits: { readonly lines: number; readonly bytes: number } = { lines: LINES, bytes: BYTES },
  ) {
    this.#shows = shows;
    this.#limits = limits;
  }

  get chunks(): readonly Chunk[] {
    return this.#chunks;
  }

  get rowCount(): number {
    const last = this.#chunks.at(-1);
    return last ? (this.#counted().at(-1) ?? 0) + last.rowCount : 0;
  }

  get full(): boolean {
    return this.count >= this.#limits.lines || this.size >= this.#limits.bytes;
  }

  /** Bytes in memory. */
  get weight(): number {
    return this.#chunks.reduce((sum, { weight }) => sum + weight, 0);
  }

  clear(): void {
    this.#chunks = [];
    this.#older = 0;
    this.#olderOpen = false;
    this.#starts = undefined;
    this.count = 0;
    this.size = 0;
    this.dropped = false;
  }

  /** Put lines behind all others, or behind the older ones that are being read. Answers the chunk and its first new line. */
  add(lines: Lines, older: boolean): Place {
    const chunk = older ? this.#olderChunk() : this.#lastChunk();
    const line = chunk.count;
    chunk.add(lines);
    this.count += lines.meta.length;
    this.size += lines.text.length;
    this.showChunk(chunk);
    while (this.count > this.#limits.lines || this.size > this.#limits.bytes) if (!this.#drop()) break;
    return { chunk, line };
  }

  /** The older lines that were being read are all there; those of the next time go before them. */
  olderDone(): void {
    this.#older = 0;
    this.#olderOpen = false;
  }

  /** See other lines from now on. */
  show(shows: Shows): void {
    this.#shows = shows;
    for (const chunk of this.#chunks) chunk.show(shows);
    this.#starts = undefined;
  }

  showChunk(chunk: Chunk): void {
    chunk.show(this.#shows);
    this.#starts = undefined;
  }

  /** What is in this row. */
  at(row: number): Place | undefined {
    const starts = this.#counted();
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    const chunk = this.#chunks[low];
    const inside = row - (starts[low] ?? 0);
    if (!chunk || inside < 0 || inside >= chunk.rowCount) return undefined;
    return { chunk, line: chunk.lineAt(inside) };
  }

  /** The row of a line; of the next that is seen when it is not. Lines that are gone were in the first. */
  rowOf({ chunk, line }: Place): number {
    const index = this.#chunks.indexOf(chunk);
    return index === -1 ? 0 : (this.#counted()[index] ?? 0) + chunk.rowFrom(line);
  }

  /** The row of the first line that is not older than `time` (ms). */
  rowAtTime(time: number): number {
    for (const chunk of this.#chunks) {
      if (chunk.count === 0 || chunk.time(chunk.count - 1) < time) continue;
      let line = 0;
      while (line < chunk.count && chunk.time(line) < time) line++;
      return this.rowOf({ chunk, line });
    }
    return Math.max(0, this.rowCount - 1);
  }

  /** How many lines go on with the stack trace that begins there. */
  continued({ chunk, line }: Place): number {
    let count = chunk.continued(line);
    let index = this.#chunks.indexOf(chunk) + 1;
    let whole = line + 1 + count === chunk.count;
    for (let next = this.#chunks[index]; whole && next; next = this.#chunks[++index]) {
      const more = next.continued(-1);
      count += more;
      whole = more === next.count;
    }
    return count;
  }

  unfolded({ chunk, line }: Place): boolean {
    return chunk.unfolded.has(line);
  }

  /** Fold or unfold the stack trace that begins there, or that a line inside of it is of. */
  unfold(place: Place, open: boolean): void {
    let { chunk, line } = place;
    let index = this.#chunks.indexOf(chunk);
    while (chunk.meta(line) & CONTINUATION) {
      if (line > 0) line--;
      else {
        const before = this.#chunks[--index];
        if (!before) break;
        chunk = before;
        line = chunk.count - 1;
      }
    }
    set(chunk, line, open);
    let whole = line + 1 + chunk.continued(line) === chunk.count;
    for (let next = this.#chunks[++index]; whole && next; next = this.#chunks[++index]) {
      const more = next.continued(-1);
      if (more > 0) set(next, -1, open);
      this.showChunk(next);
      whole = more === next.count;
    }
    this.showChunk(chunk);
  }

  #lastChunk(): Chunk {
    const last = this.#chunks.at(-1);
    // The last of the older ones is not the last of all, be there no other.
    if (last && !last.full && this.#chunks.length > this.#older) return last;
    const chunk = new Chunk();
    this.#chunks.push(chunk);
    return chunk;
  }

  #olderChunk(): Chunk {
    const last = this.#olderOpen ? this.#chunks[this.#older - 1] : undefined;
    if (last && !last.full) return last;
    const chunk = new Chunk();
    this.#chunks.splice(this.#older++, 0, chunk);
    this.#olderOpen = true;
    return chunk;
  }

  /** Whether the oldest chunk could go. */
  #drop(): boolean {
    if (this.#chunks.length < 2) return false;
    const chunk = this.#chunks.shift();
    if (!chunk) return false;
    this.count -= chunk.count;
    this.size -= chunk.size;
    this.#older = Math.max(0, this.#older - 1);
    if (this.#older === 0) this.#olderOpen = false;
    this.dropped = true;
    this.#starts = undefined;
    return true;
  }

  #counted(): readonly number[] {
    if (this.#starts) return this.#starts;
    const starts: number[] = [];
    let rows = 0;
    for (const chunk of this.#chunks) {
      starts.push(rows);
      rows += chunk.rowCount;
    }
    this.#starts = starts;
    return starts;
  }
}

function set(chunk: Chunk, line: number, open: boolean): void {
  if (open) chunk.unfolded.add(line);
  else chunk.unfolded.delete(line);
}
