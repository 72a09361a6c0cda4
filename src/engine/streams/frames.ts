import { EngineError, sentence } from '../errors';
import { messageFailure } from './ndjson';

export type StreamName = 'stdout' | 'stderr';

/** Output of a container: one frame of the engine's, or a part of one that is longer than what has arrived. */
export interface Frame {
  readonly stream: StreamName;
  /** A view into the chunk it came in; copy it to keep it. */
  readonly data: Buffer;
  /** Whether `data` begins the frame: one log entry (without its later pieces) is one frame. */
  readonly start: boolean;
}

const HEADER = 8;

/** Bytes of the daemon's own error text (a frame of type 3) that are kept. */
const LONGEST_ERROR = 64 * 1024;

/** Called for every stretch of payload: `chunk` from `from` to `to`. */
type FrameSink = (stream: StreamName, chunk: Buffer, from: number, to: number, start: boolean) => void;

/**
 * Takes the engine's multiplexed output apart: `[type, 0, 0, 0, length (32 bits, big-endian)]`, then the payload; 0 and 1
 * are stdout, 2 is stderr, 3 is an error text of the daemon (`pkg/stdcopy` of moby). Chunks may be split anywhere.
 * Nothing is copied or held back, whatever length a frame claims.
 */
export class FrameParser {
  readonly #sink: FrameSink;
  readonly #header = Buffer.alloc(HEADER);
  #headerLength = 0;
  /** Payload bytes of the present frame that are still to come. */
  #left = 0;
  #type = 0;
  #start = false;
  #error: Buffer[] = [];
  #errorLength = 0;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** Throws kind `protocol` when this is no multiplexed stream, and the daemon's own error where it sent one. */
  push(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length) {
      if (this.#left > 0) {
        const to = Math.min(chunk.length, at + this.#left);
        this.#payload(chunk, at, to);
        this.#left -= to - at;
        at = to;
        if (this.#left === 0 && this.#type === 3) throw this.#daemonError();
      } else if (this.#headerLength === 0 && chunk.length - at >= HEADER) {
        this.#begin(chunk, at);
        at += HEADER;
      } else {
        const to = Math.min(chunk.length, at + HEADER - this.#headerLength);
        chunk.copy(this.#header, this.#headerLength, at, to);
        this.#headerLength += to - at;
        at = to;
        if (this.#headerLength < HEADER) return;
        this.#headerLength = 0;
        this.#begin(this.#header, 0);
      }
    }
  }

  /** To be called when the stream has ended; throws kind `protocol` when that was in the middle of a frame. */
  end(): void {
    if (this.#errorLength > 0) throw this.#daemonError();
    if (this.#headerLength === 0 && this.#left === 0) return;
    throw new EngineError(
      'protocol',
      sentence(
        'The connection to the engine was cut in the middle of its output; the rest is missing. Try again.',
      ),
    );
  }

  #begin(header: Buffer, at: number): void {
    const type = header[at] ?? 0;
    if (type > 3 || header[at + 1] !== 0 || header[at + 2] !== 0 || header[at + 3] !== 0) {
      throw new EngineError(
        'protocol',
        sentence(
          'The output of the container came in a form that is not known. A proxy in front of the engine may have changed it.',
        ),
        { cause: new Error(`Frame header ${header.toString('hex', at, at + HEADER)}`) },
      );
    }
    this.#type = type;
    this.#start = true;
    this.#left = header.readUInt32BE(at + 4);
    if (this.#left === 0 && type === 3) throw this.#daemonError();
  }

  #payload(chunk: Buffer, from: number, to: number): void {
    if (this.#type !== 3) {
      this.#sink(this.#type === 2 ? 'stderr' : 'stdout', chunk, from, to, this.#start);
      this.#start = false;
      return;
    }
    const kept = Buffer.from(chunk.subarray(from, Math.min(to, from + LONGEST_ERROR - this.#errorLength)));
    this.#error.push(kept);
    this.#errorLength += kept.length;
    if (this.#errorLength === LONGEST_ERROR) throw this.#daemonError();
  }

  #daemonError(): EngineError {
    return messageFailure(Buffer.concat(this.#error).toString('utf8').trim());
  }
}

/**
 * The frames of a multiplexed stream, all those of a chunk together: a step per frame would cost more than the frame.
 * Rejects as `FrameParser` throws; errors of the source pass through.
 */
export async function* frames(source: AsyncIterable<Buffer>): AsyncGenerator<readonly Frame[]> {
  let batch: Frame[] = [];
  const parser = new FrameParser((stream, chunk, from, to, start) => {
    batch.push({ stream, data: chunk.subarray(from, to), start });
  });
  for await (const chunk of source) {
    try {
      parser.push(chunk);
    } finally {
      // What stood in front of an error is output all the same.
      if (batch.length > 0) yield batch;
      batch = [];
    }
  }
  parser.end();
}

/**
 * As `frames`, but what one chunk holds of a stream without a break comes in one piece: for readers that want the bytes
 * and not the entries, at a fraction of the cost. `start` tells nothing here.
 */
export async function* joinedFrames(source: AsyncIterable<Buffer>): AsyncGenerator<readonly Frame[]> {
  let batch: Frame[] = [];
  let run: { stream: StreamName; chunk: Buffer; from: number; to: number } | undefined;
  const close = (): void => {
    if (run) batch.push({ stream: run.stream, data: run.chunk.subarray(run.from, run.to), start: false });
    run = undefined;
  };
  const parser = new FrameParser((stream, chunk, from, to) => {
    if (run?.stream !== stream) {
      close();
      run = { stream, chunk, from, to };
      return;
    }
    // Over the header in between, which has been read: nothing is allocated for it.
    chunk.copyWithin(run.to, from, to);
    run.to += to - from;
  });
  for await (const chunk of source) {
    try {
      parser.push(chunk);
    } finally {
      close();
      if (batch.length > 0) yield batch;
      batch = [];
    }
  }
  parser.end();
}

/** A terminal's output, which has no frames, in the same shape: all of it is stdout. */
export async function* rawFrames(source: AsyncIterable<Buffer>): AsyncGenerator<readonly Frame[]> {
  for await (const data of source) {
    if (data.length > 0) yield [{ stream: 'stdout', data, start: false }];
  }
}
