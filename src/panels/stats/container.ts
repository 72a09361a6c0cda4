import type { Engine } from '../../engine/engine';
import type { StatsContainer } from '../../protocol/stats';
import { StatsHistory } from './history';
import { followStats } from './stream';

/** What a panel is asked to show. */
export interface StatsTarget {
  readonly engine: string;
  /** The full id. */
  readonly id: string;
  readonly name: string;
}

export function keyOf({ engine, id }: Pick<StatsTarget, 'engine' | 'id'>): string {
  return `${engine}/${id}`;
}

/** One container of a panel: what is said of it, its history, and its one stream while it is followed. */
export class WatchedContainer {
  readonly target: StatsTarget;
  readonly key: string;
  readonly history: StatsHistory;
  /** How many points of the history the page has been sent. */
  sent = 0;
  shown: StatsContainer;
  #following: AbortController | undefined;

  constructor(target: StatsTarget, history = new StatsHistory()) {
    this.target = target;
    this.history = history;
    this.key = keyOf(target);
    this.shown = { key: this.key, engine: target.engine, name: target.name, image: '', state: 'unknown' };
  }

  /** Read from the model what it is now; `problem` is why the model may be out of date. */
  look(engine: Engine | undefined, problem: string | undefined): void {
    const { key, engine: engineName, name, image } = this.shown;
    const item = engine?.model.containers.items.get(this.target.id);
    const listed = engine?.model.state.kind === 'connected' && engine.model.containers.loaded;
    if (item) {
      const { state, since, exitCode } = item;
      this.shown = {
        ...{ key, engine: engineName, name: item.name, image: item.image, state, since, exitCode },
        problem,
      };
    } else if (listed) {
      this.shown = { key, engine: engineName, name, image, state: 'removed', problem };
    } else {
      this.shown = { ...this.shown, problem };
    }
  }

  get running(): boolean {
    return this.shown.state === 'running' || this.shown.state === 'paused';
  }

  /** Open its stream unless it is open; `arrived` is told of each sample. */
  follow(engine: Engine, arrived: () => void, broke: (error: unknown) => void): void {
    if (this.#following) return;
    const following = new AbortController();
    this.#following = following;
    const { id } = this.target;
    void followStats((signal) => engine.stats.watch(id, signal), following.signal, {
      sample: (sample) => {
        this.history.add(sample);
        arrived();
      },
      interrupted: (error) => {
        this.history.interrupt();
        if (error !== undefined) broke(error);
      },
    });
  }

  /** Close its stream. */
  unfollow(): void {
    if (!this.#following) return;
    this.#following.abort();
    this.#following = undefined;
    this.history.interrupt();
  }
}
