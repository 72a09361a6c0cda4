import { cancelled, toEngineError, type EngineError } from '../errors';
import type { LogLine } from '../streams/lines';
import { Inbox } from './inbox';
import type { LogOptions } from './options';
import { ResumePoint } from './resume';
import { parseWhen } from './when';

/**
 * What happens to a container, as the live model hears it from the engine's events; `time` in ms since 1970, of the
 * engine's clock. A `started` with another id is the container that took its place (a service made anew).
 */
export type Lifecycle =
  | { readonly kind: 'started'; readonly id: string; readonly time: number }
  | { readonly kind: 'stopped'; readonly id: string; readonly time: number; readonly exitCode?: number }
  | { readonly kind: 'removed'; readonly id: string; readonly time: number }
  /** The engine can be reached again after it could not. */
  | { readonly kind: 'connected' };

/** Stands between the lines of one run and the next; `restarted` when it had been followed before. */
export interface Divider {
  readonly kind: 'started' | 'stopped' | 'restarted';
  readonly id: string;
  /** ms since 1970. */
  readonly time: number;
  readonly exitCode?: number;
}

interface FollowSource {
  /** Begin to follow; `clock` is the engine's time then, in ms. */
  open(
    id: string,
    options: LogOptions,
  ): Promise<{ lines: AsyncIterable<readonly LogLine[]>; clock: number | undefined }>;
  running(id: string): Promise<boolean>;
}

/** ms in which the event of a stop follows the end of the log. */
const SOON = 1000;

/** ms after which a log that was opened and has given nothing has no past. */
const SETTLED = 2000;

/** ms before the next attempt to reach the engine: 1 s doubling to 30 s. */
const backOff = (attempt: number): number => Math.min(30_000, 1000 * 2 ** Math.min(attempt, 5));

/** ms: the longest that a timer can wait. */
const LONGEST = 2 ** 31 - 1;

/** ms that the first words of a container may be older than the event of its start. */
const START = 2000;

const msOf = (time: bigint): number => Number(time) / 1e6;

/**
 * Lines and dividers of one container for as long as there may be more. The log is opened again when the container
 * starts (told by `lifecycle`; asked for only when the engine had not been heard), when the connection was lost, and when
 * the log ended although the container runs (rotation). Dividers come where they belong in time. Ends with `removed`,
 * with `lifecycle` or at `until`; rejects with kind `cancelled`, and with whatever else keeps the log from being read.
 */
export async function* followAcrossRestarts(
  source: FollowSource,
  id: string,
  options: LogOptions,
  lifecycle: AsyncIterable<Lifecycle>,
  signal: AbortSignal,
): AsyncGenerator<readonly LogLine[] | Divider> {
  // A duration counts back from now, however often the log is opened.
  const { since, until } = options;
  const fixed = {
    ...options,
    ...(since === undefined ? {} : { since: parseWhen(since) }),
    ...(until === undefined ? {} : { until: parseWhen(until) }),
  };
  const inbox = new Inbox(lifecycle, signal);
  const follow = new Follow(source, id, fixed, inbox, signal);
  try {
    while (follow.due()) {
      yield* follow.run();
      yield* follow.pause();
    }
  } finally {
    inbox.dispose();
  }
}

class Follow {
  readonly #source: FollowSource;
  readonly #options: LogOptions;
  readonly #inbox: Inbox<Lifecycle>;
  readonly #signal: AbortSignal;
  readonly #point = new ResumePoint();
  /** ms, when it was said to have stopped; `undefined` once it is said to have started again. */
  #stoppedAt: number | undefined;
  /** Whether the next run is due because the container has started. */
  #started = false;
  #id: string;
  /** ms of the engine's clock when its log was first opened. */
  #clock: number | undefined;
  /** Whether it held nothing of what was wanted when it was first opened. */
  #empty = false;
  #ranBefore = false;
  #over = false;
  /** Attempts in a row that gave nothing. */
  #attempt = 0;
  #failure: EngineError | undefined;

  constructor(
    source: FollowSource,
    id: string,
    options: LogOptions,
    inbox: Inbox<Lifecycle>,
    signal: AbortSignal,
  ) {
    this.#source = source;
    this.#id = id;
    this.#options = options;
    this.#inbox = inbox;
    this.#signal = signal;
  }

  /** Whether there is to be another run. */
  due(): boolean {
    if (this.#signal.aborted) throw cancelled();
    return !this.#over;
  }

  /** One connection, from its first line to its end. */
  async *run(): AsyncGenerator<readonly LogLine[] | Divider> {
    this.#failure = undefined;
    const began = performance.now();
    try {
      yield* this.#read(true);
    } catch (error) {
      this.#failure = toEngineError(error);
    }
    if (this.#clock !== undefined && (!this.#failure || performance.now() - began > SETTLED))
      this.#empty = true;
  }

  /** What comes between two runs: dividers, and the time until the next run can begin. */
  async *pause(): AsyncGenerator<readonly LogLine[] | Divider> {
    if (this.#signal.aborted) throw cancelled(this.#failure);
    yield [];
    if (this.#failure && (this.#failure.kind === 'unreachable' || this.#failure.kind === 'protocol')) {
      await this.#connected(backOff(this.#attempt++));
      return;
    }
    // Gone, perhaps to be made anew; every other failure would only come again.
    if (this.#failure && this.#failure.kind !== 'notFound') throw this.#failure;
    let unexpected = this.#failure !== undefined;
    this.#started = false;
    while (this.#waiting()) {
      const arrival = await this.#inbox.arrival(unexpected ? this.#left() : SOON);
      if (arrival === 'end') this.#over = true;
      else if (arrival === 'some') {
        const event = this.#inbox.shift();
        if (event?.kind === 'stopped') yield* this.#rest(event.time);
        const divider = event && this.#take(event);
        if (divider) yield divider;
        // What happened before was told to nobody.
        unexpected = event?.kind !== 'connected';
        continue;
      } else if (unexpected) this.#over = this.#left() === 0;
      else if (await this.#stillRunning()) {
        // Besides a rotation only its end in time ends the log of a container that runs.
        if (this.#options.until === undefined) await this.#calm();
        else this.#over = true;
        return;
      }
      unexpected = true;
    }
  }

  /** ms until what is written is not wanted any more. */
  #left(): number | undefined {
    const { until } = this.#options;
    return until === undefined
      ? undefined
      : Math.min(LONGEST, Math.max(0, Number(until) * 1000 - Date.now()));
  }

  #waiting(): boolean {
    return !this.#started && !this.#over;
  }

  /**
   * A follow may end before the engine has stored the last words of the container; at the `time` (ms) it is said to
   * have stopped, it has. What is younger is of the next run, and comes with it.
   */
  async *#rest(time: number): AsyncGenerator<readonly LogLine[] | Divider> {
    try {
      yield* this.#read(false, time);
    } catch (error) {
      // Gone with the container; or else the next run begins with it.
      if (this.#signal.aborted) throw cancelled(error);
    }
  }

  async *#read(follow: boolean, until = Infinity): AsyncGenerator<readonly LogLine[] | Divider> {
    const { lines, clock } = await this.#source.open(this.#id, { ...this.#wanted(), follow });
    this.#clock ??= clock;
    yield [];
    for await (const batch of lines) {
      const fresh = this.#point.fresh(
        until === Infinity ? batch : batch.filter(({ time }) => msOf(time) <= until),
      );
      if (fresh.length === 0) continue;
      this.#attempt = 0;
      this.#ranBefore = true;
      yield* this.#dividedByTime(fresh);
    }
  }

  /** Lines, with the dividers of what happened between them. */
  *#dividedByTime(lines: readonly LogLine[]): Generator<readonly LogLine[] | Divider> {
    let from = 0;
    for (let event = this.#inbox.first; event; event = this.#inbox.first) {
      const time = this.#place(event);
      const at = lines.findIndex((line, i) => i >= from && msOf(line.time) >= time);
      if (at === -1) break;
      if (at > from) yield lines.slice(from, at);
      from = at;
      this.#inbox.shift();
      const divider = this.#take(event);
      if (divider) yield divider;
    }
    yield from === 0 ? lines : lines.slice(from);
  }

  /** ms: what is younger comes after the event. A container may have spoken before it is said to have started. */
  #place(event: Lifecycle): number {
    if (event.kind === 'connected') return 0;
    return event.kind === 'started' ? (this.#stoppedAt ?? event.time) : event.time;
  }

  #take(event: Lifecycle): Divider | undefined {
    if (event.kind === 'connected') return undefined;
    if (event.kind === 'removed') {
      this.#over = event.id === this.#id;
      return undefined;
    }
    const { kind, id, time } = event;
    const again = this.#ranBefore;
    this.#ranBefore = true;
    if (kind === 'stopped') {
      this.#stoppedAt = time;
      const { exitCode } = event;
      return { kind, id, time, ...(exitCode === undefined ? {} : { exitCode }) };
    }
    this.#id = id;
    this.#started = true;
    // Its own words are there already: it is the start of what was being read.
    const known = this.#stoppedAt === undefined && msOf(this.#point.last) > time - START;
    this.#stoppedAt = undefined;
    return known ? undefined : { kind: again ? 'restarted' : 'started', id, time };
  }

  #wanted(): LogOptions {
    const since = this.#point.resume();
    if (since !== undefined) return { ...this.#options, since, tail: 'all' };
    // There was no past, or none was wanted: all that has been written since the first time is.
    if (this.#clock !== undefined && (this.#empty || String(this.#options.tail) === '0')) {
      const from = Math.max(this.#clock / 1000, Number(this.#options.since ?? 0));
      return { ...this.#options, since: from.toFixed(3), tail: 'all' };
    }
    return this.#options;
  }

  async #stillRunning(): Promise<boolean> {
    try {
      return await this.#source.running(this.#id);
    } catch (error) {
      if (this.#signal.aborted) throw cancelled(error);
      // It cannot be asked: the next run finds out why, unless it is gone.
      return toEngineError(error).kind !== 'notFound';
    }
  }

  /** A log that ends at once, again and again, must not be opened again and again. */
  async #calm(): Promise<void> {
    if (this.#attempt++ > 0) await this.#connected(backOff(this.#attempt - 2));
  }

  /** So many ms are over, or the engine is there again before. */
  #connected(ms: number): Promise<void> {
    return this.#inbox.within(ms, ({ kind }) => kind === 'connected');
  }
}
