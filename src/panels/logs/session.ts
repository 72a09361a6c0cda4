import { mergeLogs } from '../../engine/logs/merge';
import type { LogOptions } from '../../engine/logs/options';
import type { LogsBatch, LogsReading, LogsToWebview } from '../../protocol/logs';
import { say } from '../say';
import { divider, type PanelLine } from './line';
import { Outlet } from './outlet';
import { follow, type Happening, type LogsSource } from './source';
import { allBefore, linesBefore, seconds, startOfWindow } from './window';

export interface SessionDeps {
  readonly post: (message: LogsToWebview) => void;
  readonly number: () => number;
  readonly happened: (source: number, happening: Happening) => void;
}

/** Lines of each container that come first, whatever else was asked for: the last screen is what one looks for. */
const FIRST = 2000;

/** Lines that a container may write while the logs are opened, without one of them being missed. */
const MEANWHILE = 10_000;

/** One reading of the logs, from the lines it begins with to whatever is yet to be written. */
export class LogsSession {
  readonly number: number;
  readonly #deps: SessionDeps;
  readonly #sources: readonly LogsSource[];
  readonly #reading: LogsReading;
  /** The engine's seconds: what is older is not wanted. */
  readonly #since: string | undefined;
  readonly #stop = new AbortController();
  readonly #outlet: Outlet;
  #olderOutlet: Outlet | undefined;
  /** ns, where what the page has begins; and how many lines of each container that is. */
  #first: bigint | undefined;
  readonly #seen: number[];

  constructor(
    deps: SessionDeps,
    number: number,
    sources: readonly LogsSource[],
    { reading, since }: { readonly reading: LogsReading; readonly since: string | undefined },
  ) {
    this.#deps = deps;
    this.number = number;
    this.#sources = sources;
    this.#reading = reading;
    this.#since = since;
    this.#seen = sources.map(() => 0);
    this.#outlet = this.#open(false);
  }

  taken(batch: number): void {
    this.#outlet.taken(batch);
    this.#olderOutlet?.taken(batch);
  }

  dispose(): void {
    this.#stop.abort();
  }

  /** What happened to a container, told by somebody else, now. */
  tell(source: number, time: number, text: string): void {
    this.#outlet.put([{ ...divider(time, text), source }]).catch(() => undefined);
  }

  /** Until the last of the containers is removed, or `dispose`. */
  async run(): Promise<void> {
    const { signal } = this.#stop;
    const { tail } = this.#reading;
    const first: LogOptions = { tail: tail === 'all' ? FIRST : tail, since: this.#since };
    const several = this.#sources.length > 1;
    // A log that cannot be read says so itself, below.
    const start = several
      ? await startOfWindow(this.#sources, first, signal).catch(() => undefined)
      : undefined;
    const options =
      start === undefined ? first : { tail: Number(first.tail) + MEANWHILE, since: seconds(start) };
    const logs = this.#sources.map((source, index) =>
      follow(source, options, (happening) => this.#deps.happened(index, happening), signal),
    );
    const [only] = logs;
    if (several) for await (const lines of mergeLogs(logs, {}, signal)) await this.#give(lines);
    else if (only)
      for await (const lines of only) await this.#give(lines.map((line) => ({ ...line, source: 0 })));
  }

  async #give(lines: readonly PanelLine[]): Promise<void> {
    for (const { time, source, divider: happened } of lines) {
      if (happened) continue;
      this.#seen[source] = (this.#seen[source] ?? 0) + 1;
      if (this.#first !== undefined) continue;
      this.#first = time;
      // The rest of it, behind the last screen.
      if (this.#reading.tail === 'all') void this.older('all');
    }
    await this.#outlet.put(lines);
  }

  /** Read what is before the first line. One at a time: while one reads, another is refused by silence. */
  async older(lines: number | 'all', since = this.#since): Promise<void> {
    if (this.#olderOutlet) return;
    const outlet = this.#open(true);
    this.#olderOutlet = outlet;
    const done = { all: false, problem: '' };
    try {
      done.all = await this.#readOlder(outlet, lines, since);
    } catch (error) {
      done.problem = say(error);
    }
    this.#olderOutlet = undefined;
    if (!this.#stop.signal.aborted) this.#deps.post({ type: 'olderDone', session: this.number, ...done });
  }

  /** Whether there is nothing before it any more. */
  async #readOlder(outlet: Outlet, lines: number | 'all', since: string | undefined): Promise<boolean> {
    const { signal } = this.#stop;
    const first = this.#first;
    if (first === undefined) return true;
    if (lines !== 'all') {
      const wanted = { lines, seen: this.#seen, since };
      const before = await linesBefore(this.#sources, first, wanted, signal);
      for (const { source } of before) this.#seen[source] = (this.#seen[source] ?? 0) + 1;
      this.#first = before[0]?.time ?? first;
      await outlet.put(before);
      await outlet.end();
      if (before.length > 0) return false;
    }
    // Nothing: either it is the beginning, or lines of many pieces were more than the engine counted.
    for await (const before of allBefore(this.#sources, first, since, signal)) {
      for (const { source } of before) this.#seen[source] = (this.#seen[source] ?? 0) + 1;
      const time = before[0]?.time;
      if (time !== undefined && time < (this.#first ?? first)) this.#first = time;
      await outlet.put(before);
    }
    await outlet.end();
    return since === this.#since;
  }

  #open(older: boolean): Outlet {
    const post = (batch: LogsBatch): void => this.#deps.post(batch);
    return new Outlet(post, { session: this.number, older, number: this.#deps.number }, this.#stop.signal);
  }
}
