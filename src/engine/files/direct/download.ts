import { connect, type NetConnectOpts, type Socket } from 'node:net';
import { cancelled } from '../../errors';
import { ResponseParser, type ResponseHead } from './responseParser';
import { Ring } from './ring';

/** Bytes read ahead of who takes them; twice what a unix socket holds, so a short pause here is none there. */
const RING = 1024 * 1024;
const LEAST_READ = 64 * 1024;

interface Piece {
  readonly position: number;
  readonly bytes: Buffer;
}

/**
 * The body of a GET, read past Node's HTTP client into memory that is used again and again: for a large body that takes
 * half the processor time, and does not make garbage collections of all the program's memory. **A piece is good until
 * the next one is asked for.** Closed by `return`.
 */
export class Download implements AsyncIterableIterator<Buffer, undefined> {
  readonly #socket: Socket;
  readonly #ring = new Ring(RING, LEAST_READ);
  readonly #parser: ResponseParser;
  readonly #queue: Piece[] = [];
  readonly #onHead: (head: ResponseHead | undefined) => void;
  /** What is being read from now, and where it is in the ring. */
  #reading: Buffer = Buffer.alloc(0);
  #position = 0;
  #paused = false;
  #failure: Error | undefined;
  #ended = false;
  #wake: (() => void) | undefined;

  /** `onHead` gets what was answered; nothing, when that is not to be had. It may be called again. */
  constructor(
    where: NetConnectOpts,
    request: string,
    onHead: (head: ResponseHead | undefined) => void,
    signal?: AbortSignal,
  ) {
    this.#onHead = onHead;
    this.#parser = new ResponseParser(onHead, (start, end) =>
      this.#queue.push({ position: this.#position + start, bytes: this.#reading.subarray(start, end) }),
    );
    const onread = {
      buffer: () => this.#ring.region(),
      callback: (bytes: number, region: Buffer) => this.#read(region.subarray(0, bytes)),
    };
    this.#socket = connect({ ...where, onread } as NetConnectOpts);
    // Given to the socket, the signal would keep hold of it for as long as it lives itself.
    const abort = (): void => this.#end(cancelled(signal?.reason));
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort, { once: true });
    this.#socket.once('close', () => signal?.removeEventListener('abort', abort));
    this.#socket.on('error', (error) => this.#end(error));
    this.#socket.on('close', () =>
      this.#end(this.#parser.end() ? undefined : new Error('the connection was closed')),
    );
    this.#socket.write(request);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Buffer, undefined>> {
    for (;;) {
      const piece = this.#queue.shift();
      this.#ring.release(piece?.position);
      if (this.#paused && this.#ring.hasRoom) {
        this.#paused = false;
        this.#socket.resume();
      }
      if (piece) return { value: piece.bytes, done: false };
      if (this.#failure) throw this.#failure;
      if (this.#ended) return { value: undefined, done: true };
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  return(): Promise<IteratorResult<Buffer, undefined>> {
    this.#queue.length = 0;
    this.#socket.destroy();
    return Promise.resolve({ value: undefined, done: true });
  }

  /** False stops the reading until `resume`. */
  #read(bytes: Buffer): boolean {
    this.#reading = bytes;
    this.#position = this.#ring.advance(bytes.length);
    try {
      this.#parser.feed(bytes);
    } catch (error) {
      this.#end(error as Error);
    }
    if (this.#parser.done) this.#end();
    this.#wake?.();
    this.#paused = !this.#ring.hasRoom;
    return !this.#paused;
  }

  #end(failure?: Error): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#failure = failure;
    this.#onHead(undefined);
    this.#socket.destroy();
    this.#wake?.();
  }
}
