import type { Disposable } from '../emitter';
import { toEngineError, type EngineError } from '../errors';
import type { Stats } from '../stats';
import type { StatsSample } from './sample';

type Listener = (sample: StatsSample | 'gap') => void;

interface Watch {
  readonly stop: AbortController;
  readonly listeners: Set<{ listener: Listener }>;
  latest: StatsSample | undefined;
}

/**
 * What many containers use, for as long as somebody watches each: one stream per watched container, however many watch
 * it, and none for the others. The engine collects once a second for all streams together, so a stream costs one small
 * message a second. Limits are not looked up: `cpuLimitPercent` is of all cores.
 */
export class StatsSampler implements Disposable {
  readonly #stats: Pick<Stats, 'watch'>;
  readonly #onError: (id: string, error: EngineError) => void;
  readonly #watches = new Map<string, Watch>();

  /** `onError` hears of a container that cannot be watched any more; its listeners got a `gap` before. */
  constructor(stats: Pick<Stats, 'watch'>, onError: (id: string, error: EngineError) => void) {
    this.#stats = stats;
    this.#onError = onError;
  }

  /** Hear every sample of a container (by its full id), and of every gap, until disposed. */
  watch(id: string, listener: Listener): Disposable {
    let watch = this.#watches.get(id);
    if (!watch) {
      watch = { stop: new AbortController(), listeners: new Set(), latest: undefined };
      this.#watches.set(id, watch);
      void this.#run(id, watch);
    }
    const entry = { listener };
    const { listeners } = watch;
    listeners.add(entry);
    return {
      dispose: () => {
        listeners.delete(entry);
        if (listeners.size === 0) this.#end(id, watch);
      },
    };
  }

  /** The last sample of a container that is watched; `undefined` in a gap. */
  latest(id: string): StatsSample | undefined {
    return this.#watches.get(id)?.latest;
  }

  /** How many streams are open. */
  get size(): number {
    return this.#watches.size;
  }

  dispose(): void {
    for (const [id, watch] of this.#watches) this.#end(id, watch);
  }

  async #run(id: string, watch: Watch): Promise<void> {
    try {
      for await (const sample of this.#stats.watch(id, watch.stop.signal, { limits: false }))
        this.#tell(watch, sample);
      this.#tell(watch, 'gap');
    } catch (error) {
      if (watch.stop.signal.aborted) return;
      this.#tell(watch, 'gap');
      this.#onError(id, toEngineError(error));
    }
    this.#end(id, watch);
  }

  #tell(watch: Watch, sample: StatsSample | 'gap'): void {
    if (watch.stop.signal.aborted) return;
    watch.latest = sample === 'gap' ? undefined : sample;
    for (const { listener } of [...watch.listeners]) listener(sample);
  }

  #end(id: string, watch: Watch): void {
    watch.stop.abort();
    if (this.#watches.get(id) === watch) this.#watches.delete(id);
  }
}
