import { DisposableStore, type Disposable } from '../../engine/emitter';
import type { Engine } from '../../engine/engine';
import type { Engines } from '../../engine/engines';
import { toEngineError } from '../../engine/errors';
import { parseWhen } from '../../engine/logs/when';
import type { LogsContainer, LogsReading, LogsToWebview } from '../../protocol/logs';
import { say } from '../say';
import { LogsSession } from './session';
import { sayHealth, type Happening, type LogsSource } from './source';

/** What a panel is asked to show. */
export interface LogsTarget {
  readonly engine: string;
  /** The full id. */
  readonly id: string;
  readonly name: string;
}

export interface LogsFeedDeps {
  readonly engines: Engines;
  readonly post: (message: LogsToWebview) => void;
  /** Something to note that the user need not see. */
  readonly note: (error: unknown) => void;
}

/** Keeps the page of a logs panel true: what its containers write, what they are, and what was before. */
export class LogsFeed implements Disposable {
  readonly #deps: LogsFeedDeps;
  readonly #targets: readonly LogsTarget[];
  readonly #store = new DisposableStore();
  #watching = new DisposableStore();
  #sources: readonly (LogsSource | undefined)[] = [];
  readonly #happened: (Happening | undefined)[];
  #session: LogsSession | undefined;
  #reading: LogsReading;
  /** ms: what the user has cleared does not come again. */
  #cleared = 0;
  #sessions = 0;
  #batches = 0;
  /** What waits for the page to be there; `undefined` once it is. */
  #early: LogsToWebview[] | undefined = [];
  #posted = '';

  /** Reads at once: what is read is there when the page is. */
  constructor(deps: LogsFeedDeps, targets: readonly LogsTarget[], reading: LogsReading) {
    this.#deps = deps;
    this.#targets = targets;
    this.#reading = reading;
    this.#happened = targets.map(() => undefined);
    this.#store.add(deps.engines.onDidChange(() => this.#enginesChanged()));
    this.#begin();
  }

  /** The page is there. When it was there before, it knows nothing any more. */
  ready(): void {
    const early = this.#early;
    this.#early = undefined;
    this.#posted = '';
    if (!early) {
      this.#begin();
      return;
    }
    this.#postContainers();
    for (const message of early) this.#deps.post(message);
  }

  taken(batch: number): void {
    this.#session?.taken(batch);
  }

  read(reading: LogsReading): void {
    this.#reading = reading;
    this.#begin();
  }

  older(lines: number | 'all', since: string | undefined): void {
    void this.#session?.older(lines, since);
  }

  /** `before` in ms since 1970; 0 takes it back. */
  cleared(before: number): void {
    this.#cleared = before;
  }

  /** The container at this place, as it is now; `undefined` without its engine. */
  source(index: number): LogsSource | undefined {
    return this.#sources[index];
  }

  dispose(): void {
    this.#session?.dispose();
    this.#watching.dispose();
    this.#store.dispose();
  }

  #begin(): void {
    this.#session?.dispose();
    this.#watch();
    const sources = this.#sources.filter((source) => source !== undefined);
    const number = ++this.#sessions;
    this.#post({ type: 'begin', session: number, reading: this.#reading });
    this.#postContainers();
    // Places in the list of containers and of sources are the same only when all are there.
    if (sources.length < this.#targets.length) return;
    const deps = {
      post: (message: LogsToWebview) => this.#post(message),
      number: () => ++this.#batches,
      happened: (index: number, happening: Happening) => {
        this.#happened[index] = happening;
        this.#postContainers();
      },
    };
    const session = new LogsSession(deps, number, sources, { reading: this.#reading, since: this.#since() });
    this.#session = session;
    session.run().catch((error: unknown) => {
      if (toEngineError(error).kind !== 'cancelled') this.#deps.note(error);
    });
  }

  #since(): string | undefined {
    const { since } = this.#reading;
    const asked = since === '' ? 0 : Number(parseWhen(since));
    const from = Math.max(asked, this.#cleared / 1000);
    return from === 0 ? undefined : from.toFixed(6);
  }

  /** Another engine may have the name now, or none. */
  #enginesChanged(): void {
    const changed = this.#targets.some(({ engine }, i) => this.#engine(engine) !== this.#sources[i]?.engine);
    if (changed) this.#begin();
    else this.#postContainers();
  }

  #engine(name: string): Engine | undefined {
    return this.#deps.engines.all.find((engine) => engine.name === name);
  }

  #watch(): void {
    this.#watching.dispose();
    this.#watching = new DisposableStore();
    this.#sources = this.#targets.map(({ engine: name, id }, index) => {
      const engine = this.#engine(name);
      this.#happened[index] = undefined;
      return engine && { engine, id };
    });
    for (const engine of new Set(this.#sources.map((source) => source?.engine))) {
      if (!engine) continue;
      const { model } = engine;
      this.#watching.add(model.onDidChangeState(() => this.#postContainers()));
      this.#watching.add(model.containers.onDidChange(() => this.#postContainers()));
      this.#watching.add(
        model.onEvent(({ type, action, detail, id, time }) => {
          const said = type === 'container' && action === 'health_status' ? sayHealth(detail) : undefined;
          const index = this.#sources.findIndex((source) => source?.engine === engine && source.id === id);
          if (said !== undefined && index !== -1) this.#session?.tell(index, time, said);
        }),
      );
      this.#watching.add(model.watch('containers'));
    }
  }

  #postContainers(): void {
    if (this.#early) return;
    const containers = this.#targets.map((target, index) => this.#look(target, index));
    const text = JSON.stringify(containers);
    if (text === this.#posted) return;
    this.#posted = text;
    this.#deps.post({ type: 'containers', containers });
  }

  #look({ engine: engineName, id, name }: LogsTarget, index: number): LogsContainer {
    const engine = this.#engine(engineName);
    const item = engine?.model.containers.items.get(id);
    const happened = this.#happened[index];
    const problem = happened?.problem ?? this.#problem(engineName, engine);
    const shown = { name: item?.name ?? name, engine: engineName, problem };
    if (happened && happened.state !== 'failed') return { ...shown, state: happened.state };
    if (item) {
      const runs = item.state === 'running' || item.state === 'paused' || item.state === 'restarting';
      return { ...shown, state: runs ? 'following' : 'stopped' };
    }
    const listed = engine?.model.state.kind === 'connected' && engine.model.containers.loaded;
    return { ...shown, state: listed ? 'removed' : 'unknown' };
  }

  #problem(name: string, engine: Engine | undefined): string {
    if (engine?.model.state.kind === 'unavailable') return say(engine.model.state.error);
    try {
      if (!engine) this.#deps.engines.get(name);
    } catch (error) {
      return say(error);
    }
    return '';
  }

  #post(message: LogsToWebview): void {
    if (this.#early) {
      // What was begun before the page was there, and was begun anew, nobody has to see.
      if (message.type === 'begin') this.#early = [];
      this.#early.push(message);
    } else this.#deps.post(message);
  }
}
