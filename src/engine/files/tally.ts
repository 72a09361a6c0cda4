/** What a copy moved. */
export interface Copied {
  /** Entries that are no directories. */
  readonly files: number;
  /** Content, without headers. */
  readonly bytes: number;
  /** What could not be copied and was left out, the first of it; missing when nothing was. */
  readonly skipped?: readonly Skipped[];
}

/** `path` as it is at the source; `name`: this computer does not allow the file's name. */
export interface Skipped {
  readonly path: string;
  readonly why: 'socket' | 'device' | 'fifo' | 'unknown' | 'name' | 'link';
}

/** Called now and then during a copy; `total` is known for a single file alone. Bytes of content. */
export type OnProgress = (done: { files: number; bytes: number; total: number | undefined }) => void;

/** ms between two calls. */
const PACE = 100;
const MOST_SKIPPED = 100;

/** Counts for one copy. */
export class Tally {
  total: number | undefined;
  readonly #onProgress: OnProgress | undefined;
  readonly #skipped: Skipped[] = [];
  #files = 0;
  #bytes = 0;
  #told = 0;

  constructor(onProgress?: OnProgress) {
    this.#onProgress = onProgress;
  }

  get copied(): Copied {
    const counts = { files: this.#files, bytes: this.#bytes };
    return this.#skipped.length === 0 ? counts : { ...counts, skipped: this.#skipped };
  }

  file(): void {
    this.#files++;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    if (!this.#onProgress) return;
    const now = performance.now();
    if (now - this.#told < PACE) return;
    this.#told = now;
    this.#onProgress({ files: this.#files, bytes: this.#bytes, total: this.total });
  }

  skip(path: string, why: Skipped['why']): void {
    if (this.#skipped.length < MOST_SKIPPED) this.#skipped.push({ path, why });
  }
}
