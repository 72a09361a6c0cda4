import type { Chunk } from './chunk';
import type { Query } from './query';
import type { LogStore } from './store';
import { TooSlow, type Hands } from './worker/hands';

/** What lines are judged by: what a filter, and what a search looks for. */
export type Purpose = 'matched' | 'found';

export interface JudgingEvents {
  /** Lines were judged: other ones are to be seen. */
  readonly changed: () => void;
  /** How much of the work is done, from 0 to 1. */
  readonly progress: (purpose: Purpose, done: number) => void;
  /** It was given up: some line takes too long. */
  readonly tooSlow: (purpose: Purpose) => void;
}

interface Job {
  readonly query: Query;
  /** Whether every line that was there at its beginning is judged. */
  complete: boolean;
}

/** Chunks that are on their way to the worker at a time: it need not wait, and memory holds no more than these twice. */
const AHEAD = 3;

/** Has every line of a store judged, those that are there and those that come, beside the page. */
export class Judging {
  readonly #store: LogStore;
  readonly #hands: Hands;
  readonly #events: JudgingEvents;
  readonly #jobs: Record<Purpose, Job | undefined> = { matched: undefined, found: undefined };
  readonly #busy: Record<Purpose, WeakSet<Chunk>> = { matched: new WeakSet(), found: new WeakSet() };

  constructor(store: LogStore, hands: Hands, events: JudgingEvents) {
    this.#store = store;
    this.#hands = hands;
    this.#events = events;
  }

  query(purpose: Purpose): Query | undefined {
    return this.#jobs[purpose]?.query;
  }

  /** Resolves when all is judged that was there; at once without a query, or when another came. */
  async look(purpose: Purpose, query: Query | undefined): Promise<void> {
    if (!query) {
      this.#jobs[purpose] = undefined;
      for (const chunk of this.#store.chunks) chunk[purpose] = new Uint8Array(0);
      return;
    }
    const job: Job = { query, complete: false };
    this.#jobs[purpose] = job;
    this.#busy[purpose] = new WeakSet();
    try {
      const flags = await this.#judgeAll(purpose, job);
      if (!this.#isCurrent(purpose, job)) return;
      for (const [chunk, own] of flags) chunk[purpose] = own;
      job.complete = true;
      // What has come meanwhile.
      for (const chunk of this.#store.chunks) this.added(chunk);
    } catch (error) {
      this.#failed(purpose, job, error);
    }
  }

  /** There are new lines at the end of this chunk. */
  added(chunk: Chunk): void {
    for (const purpose of ['matched', 'found'] as const) {
      const job = this.#jobs[purpose];
      if (job?.complete && !this.#busy[purpose].has(chunk) && chunk[purpose].length < chunk.count)
        void this.#judgeRest(purpose, job, chunk);
    }
  }

  async #judgeAll(purpose: Purpose, job: Job): Promise<Map<Chunk, Uint8Array<ArrayBuffer>>> {
    const flags = new Map<Chunk, Uint8Array<ArrayBuffer>>();
    // The youngest first: what is on screen.
    const chunks = [...this.#store.chunks].reverse();
    let next = 0;
    const work = async (): Promise<void> => {
      for (let chunk = chunks[next++]; chunk && this.#isCurrent(purpose, job); chunk = chunks[next++]) {
        const { count } = chunk;
        const asks = { text: chunk.bytesFrom(0), count, query: job.query };
        flags.set(
          chunk,
          (await this.#hands.ask('judge', asks, [asks.text.buffer])) as Uint8Array<ArrayBuffer>,
        );
        this.#events.progress(purpose, flags.size / chunks.length);
      }
    };
    await Promise.all(Array.from({ length: AHEAD }, work));
    return flags;
  }

  async #judgeRest(purpose: Purpose, job: Job, chunk: Chunk): Promise<void> {
    const busy = this.#busy[purpose];
    busy.add(chunk);
    try {
      while (this.#isCurrent(purpose, job) && chunk[purpose].length < chunk.count) {
        const before = chunk[purpose];
        const count = chunk.count - before.length;
        const asks = { text: chunk.bytesFrom(before.length), count, query: job.query };
        const flags = await this.#hands.ask('judge', asks, [asks.text.buffer]);
        if (!this.#isCurrent(purpose, job)) return;
        const all = new Uint8Array(before.length + count);
        all.set(before);
        all.set(flags, before.length);
        chunk[purpose] = all;
        this.#store.showChunk(chunk);
        this.#events.changed();
      }
    } catch (error) {
      this.#failed(purpose, job, error);
    } finally {
      busy.delete(chunk);
    }
  }

  #isCurrent(purpose: Purpose, job: Job): boolean {
    return this.#jobs[purpose] === job;
  }

  #failed(purpose: Purpose, job: Job, error: unknown): void {
    if (!this.#isCurrent(purpose, job)) return;
    if (!job.query.regex && error instanceof TooSlow) {
      // Another one's expression was too slow; this one is begun anew.
      void this.look(purpose, job.query).then(this.#events.changed);
      return;
    }
    this.#jobs[purpose] = undefined;
    this.#events.tooSlow(purpose);
  }
}
