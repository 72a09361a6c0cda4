import { setTimeout as pause } from 'node:timers/promises';
import type { Disposable } from '../../engine/emitter';
import type { Engine } from '../../engine/engine';
import type { Container } from '../../engine/model/types';
import type { DetailsChanges, DetailsProcesses, DetailsTab, DetailsToWebview } from '../../protocol/details';
import { record } from '../channel';
import { Pacer } from '../pacer';
import type { StatsTarget } from '../stats/container';
import { StatsFeed, type StatsFeedDeps } from '../stats/feed';
import { masked, valueAt } from './masked';
import type { Past } from './past';
import { portsOf } from './ports';

export interface DetailsFeedDeps extends Pick<StatsFeedDeps, 'engines' | 'say' | 'note'> {
  readonly post: (message: DetailsToWebview) => void;
}

/** ms between two readings of the inspect object, however much happens. */
const INSPECT_INTERVAL = 500;
/** ms between two readings of the processes. */
const TOP_INTERVAL = 2000;
/** Processes and changed files that a page can still show. */
const MOST_PROCESSES = 2000;
const MOST_CHANGES = 20_000;

/** More than `ps -ef` tells; an engine whose `ps` does not know these columns is asked for its own. */
const COLUMNS = '-eo user,pid,ppid,pcpu,pmem,rss,stat,etime,args';

/** Keeps the page of a details panel true, only while it is visible. */
export class DetailsFeed implements Disposable {
  readonly stats: StatsFeed;
  readonly #deps: DetailsFeedDeps;
  readonly #target: StatsTarget;
  readonly #past: Past;
  readonly #inspecting = new Pacer(INSPECT_INTERVAL, () => void this.#inspect());
  #inspected: unknown;
  #digests: readonly string[] = [];
  #digestsOf: unknown;
  #item: Container | undefined;
  #tab: DetailsTab;
  #posted = '';
  #pageReady = false;
  #visible: AbortController | undefined;
  #processes: AbortController | undefined;
  #probes: NodeJS.Timeout | undefined;
  #columns: string | undefined = COLUMNS;

  /** `inspected` is what was read just now: the page has it with its first message. */
  constructor(deps: DetailsFeedDeps, target: StatsTarget, past: Past, inspected: unknown, tab: DetailsTab) {
    this.#deps = deps;
    this.#target = target;
    this.#past = past;
    this.#inspected = inspected;
    this.#tab = tab;
    this.stats = new StatsFeed(
      {
        ...deps,
        historyOf: () => past.history,
        looked: () => this.#look(),
        heard: (event) => {
          if (event.type === 'container' && event.id === target.id && past.hear(event)) this.#postMarks();
        },
      },
      [target],
    );
  }

  show(): void {
    if (this.#visible) return;
    this.#visible = new AbortController();
    this.stats.show();
  }

  hide(): void {
    this.#visible?.abort();
    this.#visible = undefined;
    this.#pageReady = false;
    this.#item = undefined;
    this.#inspecting.reset();
    clearTimeout(this.#probes);
    this.stats.hide();
    this.#followProcesses();
  }

  dispose(): void {
    this.hide();
  }

  /** The page is there, and knows nothing. */
  ready(): void {
    this.#pageReady = true;
    this.#posted = '';
    this.#postDetails();
    this.stats.ready();
    this.#postMarks();
    this.#followProcesses();
  }

  /** The page shows this tab now. */
  choose(tab: DetailsTab): void {
    this.#tab = tab;
    this.#followProcesses();
    this.#awaitProbe();
  }

  valueAt(path: unknown): string {
    return valueAt(this.#inspected, path);
  }

  async changes(): Promise<DetailsChanges> {
    const engine = this.#deps.engines.get(this.#target.engine);
    const changes = await engine.files.diff(this.#target.id);
    return {
      changes: changes.slice(0, MOST_CHANGES),
      more: Math.max(0, changes.length - MOST_CHANGES),
    };
  }

  get #engine(): Engine | undefined {
    return this.#deps.engines.all.find(({ name }) => name === this.#target.engine);
  }

  /** What the engine tells of it has changed: the rest of it may have, too. */
  #look(): void {
    const engine = this.#engine;
    const item =
      engine?.model.state.kind === 'connected'
        ? engine.model.containers.items.get(this.#target.id)
        : undefined;
    if (item === this.#item) return;
    this.#item = item;
    if (item) this.#inspecting.want();
  }

  async #inspect(): Promise<void> {
    const signal = this.#visible?.signal;
    const engine = this.#engine;
    try {
      if (!engine || !signal) return;
      this.#inspected = await engine.containers.inspect(this.#target.id, {}, signal);
      this.#postDetails();
      await this.#readDigests(engine, signal);
    } catch (error) {
      // That it was removed, or that the engine is away, is said by the model.
      this.#deps.note(error);
    } finally {
      if (signal && !signal.aborted) {
        this.#inspecting.taken();
        this.#awaitProbe();
      }
    }
  }

  async #readDigests(engine: Engine, signal: AbortSignal): Promise<void> {
    const image = record(this.#inspected)['Image'];
    if (typeof image !== 'string' || image === this.#digestsOf) return;
    const digests = record(await engine.images.inspect(image, signal))['RepoDigests'];
    this.#digestsOf = image;
    this.#digests = Array.isArray(digests) ? digests.map(String) : [];
    this.#postDetails();
  }

  /** No event tells of a probe that changes nothing, but its output is another: read it as often as it is made. */
  #awaitProbe(): void {
    clearTimeout(this.#probes);
    const check = record(record(record(this.#inspected)['Config'])['Healthcheck']);
    const running = record(record(this.#inspected)['State'])['Running'] === true;
    if (!this.#visible || !running || this.#tab !== 'overview' || !Array.isArray(check['Test'])) return;
    const interval = Number(check['Interval']) / 1e6 || 30_000;
    this.#probes = setTimeout(
      () => {
        if (this.#item) this.#inspecting.want();
      },
      Math.max(2000, interval),
    );
  }

  #postDetails(): void {
    if (!this.#pageReady) return;
    const { value, places } = masked(this.#inspected);
    const details = {
      inspected: value,
      masked: places,
      ports: portsOf(this.#inspected, this.#engine?.endpoint?.host),
      digests: this.#digests,
      tab: this.#tab,
    };
    const text = JSON.stringify(details);
    if (text === this.#posted) return;
    this.#posted = text;
    this.#deps.post({ type: 'details', details });
  }

  #postMarks(): void {
    if (this.#pageReady) this.#deps.post({ type: 'marks', marks: this.#past.marks });
  }

  /** Begins or ends it, as it is wanted now. */
  #followProcesses(): void {
    const wanted = this.#visible !== undefined && this.#pageReady && this.#tab === 'processes';
    if (wanted === (this.#processes !== undefined)) return;
    this.#processes?.abort();
    this.#processes = undefined;
    if (!wanted) return;
    this.#processes = new AbortController();
    void this.#pumpProcesses(this.#processes.signal);
  }

  async #pumpProcesses(signal: AbortSignal): Promise<void> {
    const aborted = (): boolean => signal.aborted;
    while (!aborted()) {
      const message = await this.#readProcesses(signal);
      if (aborted()) return;
      this.#deps.post(message);
      await pause(TOP_INTERVAL, undefined, { signal }).catch(() => undefined);
    }
  }

  async #readProcesses(signal: AbortSignal): Promise<DetailsProcesses> {
    const none = { type: 'processes', titles: [], processes: [], more: 0 } as const;
    const state = this.#item?.state;
    if (state !== 'running' && state !== 'paused') return none;
    try {
      const engine = this.#deps.engines.get(this.#target.engine);
      const args = this.#columns === undefined ? {} : { args: this.#columns };
      const { titles, processes } = await engine.containers.top(this.#target.id, args, signal);
      const more = Math.max(0, processes.length - MOST_PROCESSES);
      return { ...none, titles, processes: processes.slice(0, MOST_PROCESSES), more };
    } catch (error) {
      if (this.#columns === undefined || signal.aborted || this.#item?.state !== state)
        return { ...none, problem: this.#deps.say(error) };
      this.#columns = undefined;
      return this.#readProcesses(signal);
    }
  }
}
