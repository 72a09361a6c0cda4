import { DisposableStore, type Disposable } from '../../engine/emitter';
import type { Engine } from '../../engine/engine';
import type { Engines } from '../../engine/engines';
import type { StatsContainer, StatsPoint, StatsToWebview } from '../../protocol/stats';
import { Pacer } from '../pacer';
import { keyOf, WatchedContainer, type StatsTarget } from './container';
import type { StatsHistory } from './history';

export interface StatsFeedDeps {
  readonly engines: Engines;
  readonly post: (message: StatsToWebview) => void;
  /** An error as a sentence for the user. */
  readonly say: (error: unknown) => string;
  /** Something to note that the user need not see. */
  readonly note: (error: unknown) => void;
  /** Where samples of a container go that are to outlive the panel. */
  readonly historyOf?: (key: string) => StatsHistory;
  /** Called after each look at what the engines say, while the panel is visible. */
  readonly looked?: () => void;
  readonly heard?: (event: Parameters<Parameters<Engine['model']['onEvent']>[0]>[0]) => void;
}

interface WatchedEngine {
  readonly engine: Engine;
  readonly watch: Disposable;
}

/** ms between two messages with samples. */
const INTERVAL = 1000;

/**
 * Keeps the page of a stats panel true: watches the model of each engine and one stream per running container, only
 * while the panel is visible.
 */
export class StatsFeed implements Disposable {
  readonly #deps: StatsFeedDeps;
  readonly #containers: ReadonlyMap<string, WatchedContainer>;
  readonly #pacer = new Pacer(INTERVAL, () => this.#postPoints());
  /** While the panel is visible. */
  #watching: { readonly changes: Disposable; readonly engines: Map<string, WatchedEngine> } | undefined;
  #pageReady = false;
  #posted = '';

  constructor(deps: StatsFeedDeps, targets: readonly StatsTarget[]) {
    this.#deps = deps;
    const containers = targets.map((target) => new WatchedContainer(target, deps.historyOf?.(keyOf(target))));
    this.#containers = new Map(containers.map((container) => [container.key, container]));
  }

  /** The panel is visible: follow its containers. */
  show(): void {
    if (this.#watching) return;
    const changes = this.#deps.engines.onDidChange(() => this.#watchEngines());
    this.#watching = { changes, engines: new Map() };
    this.#watchEngines();
  }

  /** The panel is hidden: nothing runs any more; what is known is kept. */
  hide(): void {
    this.#pageReady = false;
    this.#pacer.reset();
    const watching = this.#watching;
    this.#watching = undefined;
    watching?.changes.dispose();
    for (const { watch } of watching?.engines.values() ?? []) watch.dispose();
    for (const container of this.#containers.values()) container.unfollow();
  }

  /** The page is there, and knows nothing. */
  ready(): void {
    this.#pageReady = true;
    this.#pacer.reset();
    this.#posted = '';
    // What was before is history, which the page asks for; the last of it would pass for what is now.
    for (const container of this.#containers.values()) container.sent = container.history.count;
    this.#postContainers();
  }

  /** The page has drawn the samples it was sent last. */
  seen(): void {
    this.#pacer.taken();
  }

  /** All samples that are kept of one container. */
  history(key: string): readonly StatsPoint[] {
    const container = this.#containers.get(key);
    if (!container) throw new Error(`The panel shows no container "${key}".`);
    return container.history.points;
  }

  dispose(): void {
    this.hide();
  }

  #watchEngines(): void {
    const watching = this.#watching;
    if (!watching) return;
    for (const { target } of this.#containers.values()) {
      const engine = this.#engine(target.engine);
      const watched = watching.engines.get(target.engine);
      if (watched?.engine === engine) continue;
      // Another engine has the name now, or none.
      watched?.watch.dispose();
      watching.engines.delete(target.engine);
      for (const container of this.#containers.values())
        if (container.target.engine === target.engine) container.unfollow();
      if (engine) watching.engines.set(target.engine, { engine, watch: this.#watchEngine(engine) });
    }
    this.#look();
  }

  #watchEngine({ model }: Engine): Disposable {
    const store = new DisposableStore();
    store.add(model.onDidChangeState(() => this.#look()));
    store.add(model.containers.onDidChange(() => this.#look()));
    const { heard } = this.#deps;
    if (heard) store.add(model.onEvent(heard));
    store.add(model.watch('containers'));
    return store;
  }

  #engine(name: string): Engine | undefined {
    return this.#deps.engines.all.find((engine) => engine.name === name);
  }

  /** What the engines say now: which containers run, and which streams that takes. */
  #look(): void {
    if (!this.#watching) return;
    for (const container of this.#containers.values()) {
      const engine = this.#engine(container.target.engine);
      container.look(engine, this.#problem(container.target.engine, engine));
      if (engine?.model.state.kind === 'connected' && container.running) {
        container.follow(engine, () => this.#arrived(), this.#deps.note);
      } else {
        container.unfollow();
      }
    }
    this.#postContainers();
    this.#deps.looked?.();
  }

  #problem(name: string, engine: Engine | undefined): string | undefined {
    if (engine?.model.state.kind === 'unavailable') return this.#deps.say(engine.model.state.error);
    try {
      if (!engine) this.#deps.engines.get(name);
    } catch (error) {
      return this.#deps.say(error);
    }
    return undefined;
  }

  #arrived(): void {
    if (this.#pageReady) this.#pacer.want();
  }

  #postContainers(): void {
    if (!this.#pageReady) return;
    const containers: readonly StatsContainer[] = [...this.#containers.values()].map(({ shown }) => shown);
    const text = JSON.stringify(containers);
    if (text === this.#posted) return;
    this.#posted = text;
    this.#deps.post({ type: 'containers', containers });
  }

  #postPoints(): void {
    const points: Record<string, readonly StatsPoint[]> = {};
    for (const container of this.#containers.values()) {
      const fresh = container.history.after(container.sent);
      container.sent = container.history.count;
      if (fresh.length > 0) points[container.key] = fresh;
    }
    this.#deps.post({ type: 'points', points });
  }
}
