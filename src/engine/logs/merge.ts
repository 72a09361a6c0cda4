import { cancelled } from '../errors';
import type { LogLine } from '../streams/lines';
import { Heap } from './heap';

/** A line of one of several logs; `source` is its place among them. */
export type MergedLine<L extends LogLine = LogLine> = L & { readonly source: number };

interface MergeOptions {
  /** ms that a line waits for older ones of other logs; default 300, `Infinity` for logs that all end. */
  readonly window?: number;
  /** Lines that are held of one log at most; then it is not read on. Default 20,000. */
  readonly held?: number;
}

/** ns; stdout and stderr of one container may be this far out of order. */
const DISORDER = 10_000_000n;

/** ms that a log may take until it is open: on a distant engine, or a busy one. */
const OPENING = 5000;

/** The times of a log that is read as it is written go about as fast as the clock. */
const LIVE = { from: 0.75, to: 1.1 };

/** More than any time. */
const NO_LIMIT = 2n ** 64n;

/** Lines that came together. */
interface Batch {
  /** ms */
  readonly arrived: number;
  youngest: bigint;
  /** Lines of it that have not been given yet. */
  left: number;
}

interface Waiting<L extends LogLine> {
  readonly line: L;
  readonly source: number;
  readonly sequence: number;
  readonly batch: Batch;
}

interface Source<L extends LogLine> {
  readonly iterator: AsyncIterator<readonly L[]>;
  /** Time of its youngest line, and ms, when that came: how late it is by its clock. */
  last: bigint;
  heard: number;
  /** Whether what comes is its past: all others wait for that, however long it is. */
  behind: boolean;
  /** Where it was, at which ms, to see how fast it goes. */
  mark: { readonly at: number; readonly last: bigint } | undefined;
  /** ms, until when it is waited for; what comes later is younger than the window. */
  due: number;
  /** Those that wait, oldest first. */
  readonly batches: Batch[];
  held: number;
  ended: boolean;
  /** Reads it on. */
  go?: () => void;
}

/**
 * Several logs as one, in the order of their times. A line is given as soon as no log can have an older one, at the
 * latest after `window`, but for two: a log whose past is still being read is waited for as long as that takes, and one
 * that is not open yet up to 5 s (an empty batch says that it is, for the first time or anew). A log that has been
 * silent for `window` is not waited for. Lines of the same time come in the order of their logs, then stdout before
 * stderr, then as they came. What is later than that comes late rather than never. Memory is bounded by `held` lines of
 * each log. Ends with the last of the logs; rejects with the error of the first that fails, and with kind `cancelled`. A
 * log that is being waited for ends only by its own signal, which should be the same.
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
    const due = performance.now() + Math.max(window, OPENING);
    this.#sources = logs.map((log) => ({
      iterator: log[Symbol.asyncIterator](),
      last: -1n,
      heard: 0,
      behind: true,
      mark: undefined,
      due,
      batches: [],
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
    const { safe, sure } = this.#limits(now);
    const overdue = this.#overdue(now);
    const late = overdue < sure ? overdue : sure;
    const limit = late > safe ? late : safe;
    const lines: MergedLine<L>[] = [];
    for (let first = this.#heap.first; first && first.line.time <= limit; first = this.#heap.first) {
      this.#heap.pop();
      lines.push({ ...first.line, source: first.source });
      first.batch.left--;
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
        const patience = this.#heap.size === 0 ? Infinity : this.#patience();
        const timer = patience === Infinity ? undefined : setTimeout(done, patience);
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

  /**
   * The times up to which no log can have an older line (`safe`), and no log of which more is sure to come (`sure`: the
   * limit for lines that have waited long enough).
   */
  #limits(now: number): { readonly safe: bigint; readonly sure: bigint } {
    const anyFull = this.#sources.some((source) => this.#full(source));
    let safe = NO_LIMIT;
    let sure = NO_LIMIT;
    for (const source of this.#sources) {
      if (source.ended) continue;
      const full = this.#full(source);
      const silent = !full && source.due <= now;
      // Nothing older than the window is on its way from a silent log. When another is full, its lines must go.
      if (silent && anyFull) continue;
      const until = silent
        ? this.#clockOf(source, now) - nanoseconds(this.#window)
        : source.last - (full ? 0n : DISORDER);
      if (until < safe) safe = until;
      if ((full || (source.behind && !silent)) && until < sure) sure = until;
    }
    return { safe, sure };
  }

  /** What time it is for a log; of one that has given no line nothing is known but what the others say. */
  #clockOf({ last, heard }: Source<L>, now: number): bigint {
    if (last >= 0n) return last + nanoseconds(now - heard);
    return this.#sources.reduce((time, one) => (one.ended || one.last < time ? time : one.last), 0n);
  }

  /** Time of the youngest line that has waited long enough; those before it in the order of times go first. */
  #overdue(now: number): bigint {
    let youngest = -1n;
    for (const { batches } of this.#sources) {
      while (batches[0]?.left === 0) batches.shift();
      for (const batch of batches) {
        if (batch.arrived + this.#window > now) break;
        if (batch.left > 0 && batch.youngest > youngest) youngest = batch.youngest;
      }
    }
    return youngest;
  }

  /** ms until lines have waited long enough, or a log becomes silent. */
  #patience(): number {
    const now = performance.now();
    let patience = this.#window;
    for (const { ended, due, batches } of this.#sources) {
      const next = batches.find(({ arrived, left }) => left > 0 && arrived + this.#window > now);
      const ends = [ended ? 0 : due, (next?.arrived ?? 0) + this.#window];
      for (const end of ends) if (end > now) patience = Math.min(patience, end - now);
    }
    return Math.ceil(patience);
  }

  async #pump(source: Source<L>, index: number): Promise<void> {
    try {
      for (;;) {
        const next = await source.iterator.next();
        if (next.done === true || this.#disposed) break;
        const batch: Batch = { arrived: performance.now(), youngest: -1n, left: next.value.length };
        for (const line of next.value) {
          this.#heap.push({ line, source: index, sequence: this.#sequence++, batch });
          if (line.time > batch.youngest) batch.youngest = line.time;
        }
        source.batches.push(batch);
        if (batch.youngest > source.last) {
          source.last = batch.youngest;
          source.heard = batch.arrived;
        }
        source.held += next.value.length;
        this.#touch();
        this.#look(source, batch.arrived);
        if (next.value.length === 0) this.#fallBehind(source);
        if (!this.#full(source)) continue;
        await new Promise<void>((go) => (source.go = go));
        this.#fallBehind(source);
      }
    } catch (error) {
      this.#failure ??= { error };
    }
    source.ended = true;
    this.#touch();
  }

  /** It has caught up when its times go as the clock does. */
  #look(source: Source<L>, now: number): void {
    source.due = now + this.#window;
    source.mark ??= { at: now, last: source.last };
    const passed = now - source.mark.at;
    if (passed < this.#window) return;
    const gone = Number(source.last - source.mark.last) / 1e6;
    if (gone >= LIVE.from * passed && gone <= LIVE.to * passed) source.behind = false;
    source.mark = { at: now, last: source.last };
  }

  /** It has just been opened, or was not read for a while: what was written meanwhile comes first. */
  #fallBehind(source: Source<L>): void {
    source.behind = true;
    source.mark = undefined;
    source.due = performance.now() + this.#window;
  }

  #full({ held }: Source<L>): boolean {
    return held >= this.#held;
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

function nanoseconds(ms: number): bigint {
  return BigInt(Math.round(ms * 1e6));
}

function before(a: Waiting<LogLine>, b: Waiting<LogLine>): boolean {
  if (a.line.time !== b.line.time) return a.line.time < b.line.time;
  if (a.source !== b.source) return a.source < b.source;
  if (a.line.stream !== b.line.stream) return a.line.stream === 'stdout';
  return a.sequence < b.sequence;
}
