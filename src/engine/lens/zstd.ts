import { Transform, type TransformCallback } from 'node:stream';
import * as zlib from 'node:zlib';
import { Decompress } from 'fzstd';

/** Node 22.15 and newer have it; the editors of today do not all run on that. */
const native = (zlib as { createZstdDecompress?: () => Transform }).createZstdDecompress;

/**
 * Bytes to hand over at a time: what is unpacked of them comes at once, and four bytes of hostile data can stand for 128
 * kB.
 */
const STEP = 1024;

/** A stream that unpacks zstd, by Node itself where it can, and how many bytes it may be given at a time. */
export function createUnzstd(): { readonly stream: Transform; readonly step: number } {
  return native ? { stream: native(), step: Infinity } : { stream: new Unzstd(), step: STEP };
}

/** The same in JavaScript, a few times slower. Holds one window (8 MB as written by default) and one piece. */
class Unzstd extends Transform {
  readonly #work = new Decompress((piece) => {
    if (piece.length > 0) this.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
  });

  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    this.#step(chunk, false, done);
  }

  override _flush(done: TransformCallback): void {
    this.#step(new Uint8Array(0), true, done);
  }

  #step(chunk: Uint8Array, final: boolean, done: TransformCallback): void {
    try {
      this.#work.push(chunk, final);
      done();
    } catch (error) {
      done(error as Error);
    }
  }
}
