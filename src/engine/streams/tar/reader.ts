import { Readable } from 'node:stream';
import { EngineError, cancelled, sentence } from '../../errors';
import { cutOff, damaged } from './damage';
import { BLOCK, paddingOf, type TarEntry } from './entry';
import { parseHeader, text, withRecords, type LongNames } from './header';
import { parsePax, type PaxRecords } from './pax';
import { Pieces } from './pieces';

/** Extended headers and GNU's long names are a few hundred bytes; all that belong to one entry stay under this. */
const LONGEST_EXTENSION = 1024 * 1024;

/** Behind the end mark an archive may be filled up; more than this is not filling. */
const LONGEST_TRAILER = 1024 * 1024;

/** POSIX's header for the next entry, GNU's long name and long link name. */
const EXTENSIONS: ReadonlySet<string> = new Set(['x', 'L', 'K']);

const EMPTY: Buffer = Buffer.alloc(0);

/**
 * An archive as it arrives: ustar, GNU and PAX (POSIX.1-2001 pax, GNU tar manual "Basic Tar Format"). Holds one piece
 * of the source at a time, whatever the sizes in it. One consumer: `next` for an entry, then its body by any of the
 * body methods, or `next` again to skip it. Every method rejects with an `EngineError`: `protocol` for a damaged or
 * cut archive, `invalid` for a sparse file, the source's own when it is one. After an error the source is closed;
 * who stops early calls `close`.
 */
export class TarReader {
  readonly #source: AsyncIterator<Buffer>;
  readonly #signal: AbortSignal | undefined;
  readonly #global: PaxRecords = new Map();
  #globalBudget = LONGEST_EXTENSION;
  #piece = EMPTY;
  #at = 0;
  /** Bytes of the current body not yet handed out, and of the filling behind it. */
  #left = 0;
  #padding = 0;
  #over = false;

  /** `signal` only names the reason when the source fails: who made the source ends it. */
  constructor(source: Readable | AsyncIterable<Buffer>, signal?: AbortSignal) {
    this.#source = source instanceof Readable ? new Pieces(source) : source[Symbol.asyncIterator]();
    this.#signal = signal;
  }

  /** The next entry, `undefined` at the end; the source has then been read to its end and closed. */
  async next(): Promise<TarEntry | undefined> {
    if (this.#over) return undefined;
    try {
      await this.#skip(this.#left + this.#padding);
      this.#left = this.#padding = 0;
      const entry = await this.#entry();
      if (!entry) await this.#drain();
      return entry;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** The rest of the body, when it is in memory already in one piece: for small files, without waiting. See `chunk`. */
  buffered(): Buffer | undefined {
    if (this.#left > this.#piece.length - this.#at) return undefined;
    return this.#part(this.#left);
  }

  /**
   * The next part of the body; `undefined` behind its end. A view, good until the next call, and for good when the
   * source's pieces are. What is in memory already comes without a promise: a large body has thousands of parts.
   */
  chunk(): Buffer | undefined | Promise<Buffer | undefined> {
    if (this.#left === 0) return undefined;
    const ready = this.#piece.length - this.#at;
    return ready === 0 ? this.#nextPart() : this.#part(Math.min(this.#left, ready));
  }

  /** The rest of the body, part by part. */
  async *body(): AsyncGenerator<Buffer, void, undefined> {
    for (let part = await this.chunk(); part; part = await this.chunk()) yield part;
  }

  /** Destroys the source. Safe to call at any time, and again. */
  async close(): Promise<void> {
    this.#over = true;
    this.#left = this.#padding = 0;
    try {
      await this.#source.return?.();
    } catch {
      // It is given up in any case; what it had to say is of no use any more.
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TarEntry, void, undefined> {
    try {
      for (let entry = await this.next(); entry; entry = await this.next()) yield entry;
    } finally {
      await this.close();
    }
  }

  async #nextPart(): Promise<Buffer> {
    if (!(await this.#pull())) {
      await this.close();
      throw cutOff();
    }
    return this.#part(Math.min(this.#left, this.#piece.length));
  }

  async #entry(): Promise<TarEntry | undefined> {
    const long: LongNames = {};
    let records: PaxRecords | undefined;
    let budget = LONGEST_EXTENSION;
    for (;;) {
      const block = await this.#block();
      const header = block && parseHeader(block);
      if (!header) {
        if (budget < LONGEST_EXTENSION) throw cutOff();
        return undefined;
      }
      if (header.flag === 'g') {
        this.#globalBudget -= BLOCK + header.stored;
        parsePax(await this.#extension(header.stored, this.#globalBudget), this.#global);
        continue;
      }
      if (!EXTENSIONS.has(header.flag)) {
        const entry = withRecords(header, this.#with(records), long);
        this.#left = entry.stored;
        this.#padding = paddingOf(entry.stored);
        return entry;
      }
      budget -= BLOCK + header.stored;
      const body = await this.#extension(header.stored, budget);
      if (header.flag === 'x') records = parsePax(body, records);
      else if (header.flag === 'L') long.name = text(body, 0, body.length);
      else long.linkname = text(body, 0, body.length);
    }
  }

  /** Global records are the defaults of all entries behind them; no two entries can share a name or a size. */
  #with(records: PaxRecords | undefined): PaxRecords {
    if (this.#global.size === 0) return records ?? new Map<string, Buffer>();
    const all = new Map(this.#global);
    for (const key of ['path', 'linkpath', 'size']) all.delete(key);
    for (const [key, value] of records ?? []) all.set(key, value);
    return all;
  }

  async #extension(size: number, budget: number): Promise<Buffer> {
    if (budget < 0) throw damaged(new Error(`an extended header of ${size} bytes is not plausible`));
    // A copy, because records are kept until the entry they belong to has been read.
    const body = Buffer.from(await this.#take(size));
    await this.#skip(paddingOf(size));
    return body;
  }

  /** `undefined` where the source ends between two entries, which Go and GNU tar take for the end of the archive. */
  async #block(): Promise<Buffer | undefined> {
    if (this.#at === this.#piece.length && !(await this.#pull())) return undefined;
    return this.#take(BLOCK);
  }

  async #take(size: number): Promise<Buffer> {
    const end = this.#at + size;
    if (end <= this.#piece.length) {
      const view = this.#piece.subarray(this.#at, end);
      this.#at = end;
      return view;
    }
    const parts: Buffer[] = [];
    for (let missing = size; missing > 0;) {
      if (this.#at === this.#piece.length && !(await this.#pull())) throw cutOff();
      const part = this.#piece.subarray(this.#at, this.#at + missing);
      this.#at += part.length;
      missing -= part.length;
      // A copy: some sources use the memory of a piece again for the next.
      parts.push(Buffer.from(part));
    }
    return Buffer.concat(parts, size);
  }

  async #skip(size: number): Promise<void> {
    let missing = size;
    while (missing > 0) {
      if (this.#at === this.#piece.length && !(await this.#pull())) throw cutOff();
      const step = Math.min(missing, this.#piece.length - this.#at);
      this.#at += step;
      missing -= step;
    }
  }

  #part(size: number): Buffer {
    const view = this.#piece.subarray(this.#at, this.#at + size);
    this.#at += size;
    this.#left -= size;
    return view;
  }

  /** Read on to the end, so that the connection can be used again and the engine lets go of the container. */
  async #drain(): Promise<void> {
    this.#over = true;
    let trailing = this.#piece.length - this.#at;
    while (trailing <= LONGEST_TRAILER && (await this.#pull())) trailing += this.#piece.length;
    this.#piece = EMPTY;
    this.#at = 0;
    if (trailing > LONGEST_TRAILER) await this.close();
  }

  /** The next piece that is not empty; false at the source's end. */
  async #pull(): Promise<boolean> {
    do {
      const { value, done } = await this.#read();
      // Some sources end quietly when they are destroyed, and that is no end of the archive.
      if (done === true && this.#signal?.aborted === true) throw cancelled(this.#signal.reason);
      if (done === true) return false;
      this.#piece = value;
      this.#at = 0;
    } while (this.#piece.length === 0);
    return true;
  }

  async #read(): Promise<IteratorResult<Buffer, unknown>> {
    try {
      return await this.#source.next();
    } catch (cause) {
      if (cause instanceof EngineError) throw cause;
      if (this.#signal?.aborted === true) throw cancelled(cause);
      throw new EngineError(
        'unreachable',
        sentence('The connection broke off in the middle of the archive. Check the connection, then retry.'),
        { cause },
      );
    }
  }
}
