import { cancelled } from '../errors';
import type { LogLine } from '../streams/lines';
import { Heap } from './heap';

/** A line of one of several logs; `source` is its place among them. */
export type MergedLine<L extends LogLine = LogLine> = L & { readonly source: number };

interface MergeOptions {
  /** ms that a line waits for older ones of other logs; default 300. */
  readonly window?: number;
  /** Lines that are held of one log at most; then it is not read on. Default 20,000. */
  readonly held?: number;
}

/** ns; stdout and stderr of one container may be this far out of order. */
const DISORDER = 10_000_000n;

interface Waiting<L extends LogLine> {
  readonly line: L;
  readonly source: number;
  readonly sequence: number;
  /** ms, when it came. */
  readonly arrived: number;
}

interface Source<L extends LogLine> {
  readonly iterator: AsyncIterator<readonly L[]>;
  /** Time of its youngest line. */
  last: bigint;
  /** ms, when its last lines came. */
  heard: number;
  held: number;
  ended: boolean;
  /** Reads it on. */
  go?: () => void;
}

/**
 * Several logs as one, in the order of their times. A line is given as soon as no log can have an older one, at the
 * latest after `window`; a log that has been silent for so long is not waited for. Lines of the same time come in the
 * order of their logs, then stdout before stderr, then as they came. What is later than the window comes late rather
 * than never. Memory is bounded by `held` lines of each log. Ends with the last of the logs; rejects with the error of
 * the first that fails, and with kind `cancelled`. A log that is being waited for ends only by its own signal, which
 * should be the same.
 */
export async function* mergeLogs<L extends LogLine>(
  logs: readonly AsyncIterable<readonly L[]>[],
  options: MergeOptions,
  signal: AbortSignal,
): AsyncGenerator<readonly MergedLine<L>[]> {
  const { window = 300, held = 20_000 } = options;
  const merge = new Merge(logs, window, held, signal);
  try {
    for (;;) {
      if (signal.aborted) throw cancelled();
      const lines = merge.release();
      if (lines.length > 0) yield lines;
      else if (merge.over) return;
      else await merge.change();
    }
  } finally {
    merge.dispose();
  }
}

class Merge<L extends LogLine> {
  readonly #window: number;
  readonly #held: number;
  readonly #signal: AbortSignal;
  readonly #heap = new Heap<Waiting<L>>(before);
  readonly #sources: readonly Source<L>[];
  #youngest = 0n;
  #sequence = 0;
  #failure: { error: unknown } | undefined;
  #disposed = false;
  #changed = false;
  #wake: (() => void) | undefined;

  constructor(
    logs: readonly AsyncIterable<readonly L[]>[],
    window: number,
    held: number,
    signal: AbortSignal,
  ) {
    this.#window = window;
    this.#held = held;
    this.#signal = signal;
    const heard = performance.now();
    this.#sources = logs.map((log) => ({
      iterator: log[Symbol.asyncIterator](),
      last: -1n,
      heard,
      held: 0,
      ended: false,
    }));
    this.#sources.forEach((source, i) => void this.#pump(source, i));
  }

  get over(): boolean {
    return this.#heap.size === 0 && this.#sources.every(({ ended }) => ended);
  }

  /** The lines whose turn has come. */
  release(): MergedLine<L>[] {
    if (this.#failure) throw this.#failure.error;
    const now = performance.now();
    const safe = this.#safe(now);
    const lines: MergedLine<L>[] = [];
    for (let first = this.#heap.first; first; first = this.#heap.first) {
      const waits = first.arrived + this.#window > now;
      if (waits && safe !== undefined && first.line.time > safe) break;
      this.#heap.pop();
      lines.push({ ...first.line, source: first.source });
      this.#letGo(first.source);
    }
    return lines;
  }

  /** Until something has come or ended, or enough time is over for a line to be released. */
  async change(): Promise<void> {
    if (!this.#changed) {
      await new Promise<void>((resolve) => {
        const done = (): void => {
          clearTimeout(timer);
          this.#signal.removeEventListener('abort', done);
          this.#wake = undefined;
          resolve();
        };
        const timer = this.#heap.size === 0 ? undefined : setTimeout(done, this.#patience());
        this.#wake = done;
        this.#signal.addEventListener('abort', done, { once: true });
      });
    }
    this.#changed = false;
  }

  dispose(): void {
    this.#disposed = true;
    for (const { iterator, go } of this.#sources) {
      go?.();
      // It may be waiting for its log; its end is not waited for, and nobody is left to hear of its failure.
      iterator.return?.().then(undefined, () => undefined);
    }
  }

  /** The time up to which no log can have an older line; `undefined` when there is no limit. */
  #safe(now: number): bigint | undefined {
    const full = this.#sources.some(({ held }) => held >= this.#held);
    let safe: bigint | undefined;
    for (const { ended, last, heard, held } of this.#sources) {
      if (ended) continue;
      const silent = now - heard >= this.#window;
      // Nothing older than the window is on its way from a silent log. When another is full, its lines must go.
      if (silent && full) continue;
      const disorder = held >= this.#held ? 0n : DISORDER;
      const until = silent ? this.#youngest - BigInt(this.#window) * 1_000_000n : last - disorder;
      if (safe === undefined || until < safe) safe = until;
    }
    return safe;
  }

  /** ms until the first line has waited long enough, or a log becomes silent. */
  #patience(): number {
    const now = performance.now();
    const ends = this.#sources.filter(({ ended }) => !ended).map(({ heard }) => heard);
    const waits = [this.#heap.first?.arrived ?? now, ...ends].map((since) => since + this.#window - now);
    return Math.ceil(Math.min(...waits.filter((ms) => ms > 0), this.#window));
  }

  async #pump(source: Source<L>, index: number): Promise<void> {
    try {
      for (;;) {
        const next = await source.iterator.next();
        if (next.done === true || this.#disposed) break;
        source.heard = performance.now();
        for (const line of next.value) {
          this.#heap.push({ line, source: index, sequence: this.#sequence++, arrived: source.heard });
          if (line.time > source.last) source.last = line.time;
        }
        if (source.last > this.#youngest) this.#youngest = source.last;
        source.held += next.value.length;
        this.#touch();
        if (source.held >= this.#held) await new Promise<void>((go) => (source.go = go));
      }
    } catch (error) {
      this.#failure ??= { error };
    }
    source.ended = true;
    this.#touch();
  }

  #letGo(index: number): void {
    const source = this.#sources[index];
    if (source && --source.held < this.#held) source.go?.();
  }

  #touch(): void {
    this.#changed = true;
    this.#wake?.();
  }
}

function before(a: Waiting<LogLine>, b: Waiting<LogLine>): boolean {
  if (a.line.time !== b.line.time) return a.line.time < b.line.time;
  if (a.source !== b.source) return a.source < b.source;
  if (a.line.stream !== b.line.stream) return a.line.stream === 'stdout';
  return a.sequence < b.sequence;
}
