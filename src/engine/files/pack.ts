import { closeSync, constants, openSync, read, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { promisify } from 'node:util';
import { EngineError, cancelled, sentence } from '../errors';
import { encodeHeader, END_OF_ARCHIVE, type NewEntry } from '../streams/tar/encode';
import { paddingOf } from '../streams/tar/entry';
import { fsPath } from '../streams/tar/names';
import { hostFailure, shown } from './hostFailure';
import type { HostItem } from './hostTree';
import type { Tally } from './tally';

/** Small files are gathered in pieces of this size: as many as are read without others having to wait. */
const PIECE = 256 * 1024;
/** Large files are read in pieces of this size: the next is asked for when one has been sent, and that takes its time. */
const LARGE = 1024 * 1024;
/** A file up to this is read at once: to ask a thread for it takes longer than it does. */
const SMALL = 64 * 1024;

/** ms for a piece: what is in memory is read at once, a disk that takes longer is waited for without stopping others. */
const PROMPT = 5;

const readAsync = promisify(read);

/**
 * Files of this computer (as `hostTree` finds them) as an archive, read while it is sent. The stream itself never fails:
 * an upload that breaks off can leave the container locked (moby#29058), so on trouble it ends early and `failure` says
 * why. With `breaks` it fails, for a reader that would take a part for the whole.
 */
export class Packer {
  readonly stream: Readable;
  /** Why the archive is not complete, once the stream has ended. */
  failure: EngineError | undefined;
  readonly #tally: Tally;
  readonly #signal: AbortSignal | undefined;
  readonly #breaks: boolean;
  #piece = Buffer.allocUnsafe(PIECE);
  #used = 0;
  /** Whether the body under way is not all there yet. */
  #inBody = false;

  constructor(
    items: Iterable<HostItem | undefined>,
    tally: Tally,
    signal?: AbortSignal,
    { breaks = false }: { readonly breaks?: boolean } = {},
  ) {
    this.#tally = tally;
    this.#signal = signal;
    this.#breaks = breaks;
    this.stream = Readable.from(this.#archive(items), { objectMode: false, highWaterMark: PIECE });
  }

  async *#archive(items: Iterable<HostItem | undefined>): AsyncGenerator<Buffer, void, undefined> {
    try {
      yield* this.#entries(items);
    } catch (error) {
      this.failure = this.#signal?.aborted === true ? cancelled(error) : hostFailure(error, '');
      if (this.#breaks) throw this.failure;
    }
    // In the middle of a body the archive can only be cut; the engine then stops and says so.
    if (!this.#inBody) yield* this.#room(END_OF_ARCHIVE.length);
    if (!this.#inBody) this.#put(END_OF_ARCHIVE);
    yield this.#piece.subarray(0, this.#used);
  }

  async *#entries(items: Iterable<HostItem | undefined>): AsyncGenerator<Buffer, void, undefined> {
    for (const item of items) {
      this.#signal?.throwIfAborted();
      if (!item) {
        await turn();
        continue;
      }
      const { path, entry, data } = item;
      if (!entry) {
        this.#tally.skip(path, 'socket');
        continue;
      }
      if (entry.type !== 'file') yield* this.#header(entry);
      else if (data) yield* this.#given(entry, data);
      else if ((entry.size ?? 0) <= SMALL) yield* this.#small(path, entry);
      else yield* this.#large(path, entry);
      if (entry.type !== 'directory') this.#tally.file();
    }
  }

  *#given(entry: NewEntry, data: Buffer): Generator<Buffer, void, undefined> {
    yield* this.#header({ ...entry, size: data.length });
    this.#inBody = true;
    for (let done = 0; done < data.length;) {
      yield* this.#room(1);
      const copied = data.copy(this.#piece, this.#used, done);
      this.#used += copied;
      this.#tally.add(copied);
      done += copied;
    }
    yield* this.#filling(data.length);
  }

  *#small(path: string, entry: NewEntry): Generator<Buffer, void, undefined> {
    // Opened before its header is written, so that a file nobody may read leaves the archive whole.
    const file = open(path);
    const size = entry.size ?? 0;
    try {
      yield* this.#header(entry);
      this.#inBody = true;
      yield* this.#room(size);
      this.#advance(path, readWhole(file, this.#piece, this.#used, size), size);
      yield* this.#filling(size);
    } finally {
      closeSync(file);
    }
  }

  async *#large(path: string, entry: NewEntry): AsyncGenerator<Buffer, void, undefined> {
    const file = open(path);
    const size = entry.size ?? 0;
    let prompt = true;
    try {
      yield* this.#header(entry);
      this.#inBody = true;
      for (let left = size; left > 0;) {
        this.#signal?.throwIfAborted();
        yield* this.#room(1, LARGE);
        const where = [
          file,
          this.#piece,
          this.#used,
          Math.min(left, this.#piece.length - this.#used),
          null,
        ] as const;
        const before = performance.now();
        const bytes = prompt ? readSync(...where) : (await readAsync(...where)).bytesRead;
        prompt &&= performance.now() - before < PROMPT;
        this.#advance(path, bytes, 1);
        left -= bytes;
      }
      yield* this.#filling(size);
    } finally {
      closeSync(file);
    }
  }

  /** Counts what was read into the piece; less than there was a moment ago means that somebody cut the file. */
  #advance(path: string, read: number, expected: number): void {
    if (read < expected)
      throw new EngineError(
        'conflict',
        sentence('"{0}" became shorter while it was copied. Copy it again.', shown(path)),
      );
    this.#used += read;
    this.#tally.add(read);
  }

  *#header(entry: NewEntry): Generator<Buffer, void, undefined> {
    const header = encodeHeader(entry);
    yield* this.#room(header.length);
    this.#put(header);
  }

  *#filling(size: number): Generator<Buffer, void, undefined> {
    const length = paddingOf(size);
    yield* this.#room(length);
    this.#piece.fill(0, this.#used, this.#used + length);
    this.#used += length;
    this.#inBody = false;
  }

  *#room(bytes: number, next = PIECE): Generator<Buffer, void, undefined> {
    if (this.#used + bytes <= this.#piece.length) return;
    yield this.#piece.subarray(0, this.#used);
    // What was handed over may not be sent yet, so it is not written to again.
    this.#piece = Buffer.allocUnsafe(next);
    this.#used = 0;
  }

  #put(bytes: Buffer): void {
    bytes.copy(this.#piece, this.#used);
    this.#used += bytes.length;
  }
}

function open(path: string): number {
  try {
    return openSync(fsPath(path), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
  } catch (error) {
    throw hostFailure(error, path);
  }
}

function readWhole(file: number, into: Buffer, at: number, size: number): number {
  let done = 0;
  for (let read = -1; done < size && read !== 0; done += read)
    read = readSync(file, into, at + done, size - done, null);
  return done;
}
