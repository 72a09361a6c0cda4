/**
 * Memory that is read into again and again. Positions are counted from the beginning of all reading; what lies between
 * `released` and `written` is in use and not written over.
 */
export class Ring {
  readonly #memory: Buffer;
  readonly #least: number;
  #written = 0;
  #released = 0;

  /** `least`: bytes that one read is worth. */
  constructor(size: number, least: number) {
    this.#memory = Buffer.allocUnsafeSlow(size);
    this.#least = least;
  }

  /** Whether what `region` gives may be read into. */
  get hasRoom(): boolean {
    return this.#free >= this.#least;
  }

  get #free(): number {
    return this.#memory.length - (this.#written - this.#released);
  }

  /** Where the next read goes. Without room it is the place for when there is some. */
  region(): Buffer {
    const at = this.#written % this.#memory.length;
    const end = Math.min(this.#memory.length, at + Math.max(this.#free, this.#least));
    return this.#memory.subarray(at, end);
  }

  /** `bytes` of the region were read; answers with the position of the first. */
  advance(bytes: number): number {
    const position = this.#written;
    this.#written += bytes;
    // Regions are in one piece, so an end that is too small is left out.
    const left = this.#memory.length - (this.#written % this.#memory.length);
    if (left < this.#least) this.#written += left;
    return position;
  }

  /** Nothing before `position` is needed any more; nothing at all without one. */
  release(position = this.#written): void {
    this.#released = position;
  }
}
