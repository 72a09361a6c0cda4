import { Emitter, type Disposable, type Event } from './emitter';
import { EngineError, sentence } from './errors';
import { Engine } from './engine';
import type { Surroundings } from './endpoint/surroundings';
import type { Endpoint } from './endpoint/endpoint';

/** An engine that could be shown: its name, and how its address is found. */
export interface EngineSource {
  readonly name: string;
  readonly resolve: () => Promise<Endpoint>;
}

/** What `Engines` needs to know of the outside; asked again on every `refresh`. */
export interface EngineSources {
  readonly surroundings: Surroundings;
  /** Every engine there is, by settings and Docker contexts. */
  list(): Promise<readonly EngineSource[]>;
  /** The names to show, most wanted first. */
  shown(): Promise<readonly string[]>;
}

/** The engines a user has, and which of them are shown. */
export class Engines implements Disposable {
  readonly #sources: EngineSources;
  readonly #changed = new Emitter<void>();
  /** Engines came or went, or others are shown. */
  readonly onDidChange: Event<void> = this.#changed.event;
  readonly #engines = new Map<string, Engine>();
  #current: ReadonlyMap<string, EngineSource> = new Map();
  #shown: readonly Engine[] = [];
  #reading = Promise.resolve();

  constructor(sources: EngineSources) {
    this.#sources = sources;
  }

  get all(): readonly Engine[] {
    return [...this.#engines.values()];
  }

  get shown(): readonly Engine[] {
    return this.#shown;
  }

  /** The engine of that name, or the first shown one; `notFound` when there is none. */
  get(name?: string): Engine {
    const engine = name === undefined ? this.#shown[0] : this.#engines.get(name);
    if (engine) return engine;
    throw new EngineError(
      'notFound',
      name === undefined
        ? sentence('No Docker engine is chosen. Choose one with "Use Engine".')
        : sentence(
            'There is no engine named "{0}". The engines are: {1}.',
            name,
            [...this.#engines.keys()].join(', '),
          ),
    );
  }

  /** Read again which engines there are; those that stay keep their model, those that went are closed. */
  refresh(): Promise<void> {
    this.#reading = this.#reading.then(() => this.#read());
    return this.#reading;
  }

  async #read(): Promise<void> {
    const [sources, shown] = await Promise.all([this.#sources.list(), this.#sources.shown()]);
    const wanted = new Map(sources.map((source) => [source.name, source]));
    for (const [name, engine] of this.#engines) {
      if (wanted.has(name)) continue;
      this.#engines.delete(name);
      engine.dispose();
    }
    const stayed = [...this.#engines.values()];
    this.#current = wanted;
    for (const name of wanted.keys()) {
      if (this.#engines.has(name)) continue;
      this.#engines.set(name, new Engine(name, () => this.#resolve(name), this.#sources.surroundings));
    }
    const chosen = shown.map((name) => this.#engines.get(name)).filter((engine) => engine !== undefined);
    // One that was chosen may be gone; then the first of the list, which is the docker CLI's own choice.
    this.#shown = chosen.length > 0 ? chosen : this.all.slice(0, 1);
    this.#changed.fire();
    await Promise.all(stayed.map((engine) => engine.followEndpoint()));
  }

  dispose(): void {
    for (const engine of this.#engines.values()) engine.dispose();
    this.#engines.clear();
    this.#changed.dispose();
  }

  /** By its source as it is now: a name may come to mean another place. */
  async #resolve(name: string): Promise<Endpoint> {
    const source = this.#current.get(name);
    if (source) return source.resolve();
    throw new EngineError(
      'notFound',
      sentence('There is no engine named "{0}" any more. Choose another.', name),
    );
  }
}
