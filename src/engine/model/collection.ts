import { Emitter, type Disposable, type Event } from '../emitter';
import { toEngineError, type EngineError } from '../errors';
import type { Requests } from '../requests';
import type { EngineEvent } from '../wire/event';
import { Coalescer } from './coalescer';
import type { Kind } from './kinds';

/** Above this many changed keys one list is cheaper than asking for each. */
const MANY = 100;

/** ms before what lags behind its event is looked at again; doubled each time. */
const FIRST_LOOK = 25;

/** So often; the last look is some 6 s after the event. */
const LOOKS = 8;

/**
 * All objects of one kind, as the engine last told: listed once, then patched by its events.
 * `onDidChange` fires once per batch of changes.
 */
export class Collection<T> {
  readonly kind: Kind<T>;
  readonly #requests: Requests;
  readonly #changed = new Emitter<void>();
  readonly onDidChange: Event<void> = this.#changed.event;
  #items = new Map<string, T>();
  #loaded = false;
  #session: { coalescer: Coalescer; signal: AbortSignal } | undefined;
  /** The last event of each key whose effect has not been seen yet, and how often was looked. */
  readonly #expected = new Map<string, { event: EngineEvent; looks: number }>();
  #watchers = 0;

  constructor(kind: Kind<T>, requests: Requests) {
    this.kind = kind;
    this.#requests = requests;
  }

  /** Keyed by id (volumes: by name). */
  get items(): ReadonlyMap<string, T> {
    return this.#items;
  }

  /** Whether `items` has been listed at least once; false while the first list is under way. */
  get loaded(): boolean {
    return this.#loaded;
  }

  get watched(): boolean {
    return this.#watchers > 0;
  }

  /** Count a watcher in; `changed` is called when the first comes or the last goes. */
  watch(changed: () => void): Disposable {
    let watching = true;
    if (this.#watchers++ === 0) changed();
    return {
      dispose: () => {
        if (!watching) return;
        watching = false;
        if (--this.#watchers === 0) changed();
      },
    };
  }

  /** List, then let the events that arrived meanwhile through. `failed` hears of patches that could not be made. */
  async begin(signal: AbortSignal, failed: (error: EngineError) => void): Promise<void> {
    const coalescer = new Coalescer(async (keys) => {
      try {
        await this.#patch([...keys], signal);
      } catch (error) {
        if (!signal.aborted) failed(toEngineError(error));
      }
    });
    const session = { coalescer, signal };
    this.#session?.coalescer.dispose();
    this.#session = session;
    signal.addEventListener('abort', () => coalescer.dispose(), { once: true });
    await this.#list(signal);
    coalescer.release();
  }

  /** Whether `begin` was called for the session of this signal. */
  begunFor(signal: AbortSignal): boolean {
    return this.#session?.signal === signal;
  }

  apply(event: EngineEvent): void {
    const session = this.#session;
    if (!session || session.signal.aborted) return;
    for (const key of this.kind.keys(event, this.#items)) {
      // Of a prune: what went has been told one by one.
      if (key === '') continue;
      this.#expected.set(key, { event, looks: 0 });
      session.coalescer.add(key);
    }
  }

  async #list(signal: AbortSignal): Promise<void> {
    const items = await this.kind.list(this.#requests, signal);
    if (signal.aborted) return;
    this.#items = new Map(items.map((item) => [this.kind.key(item), item]));
    this.#loaded = true;
    this.#lookAgain(signal);
    this.#changed.fire();
  }

  async #patch(keys: readonly string[], signal: AbortSignal): Promise<void> {
    if (keys.length > MANY) return this.#list(signal);
    const { found, gone } = await this.kind.fetch(this.#requests, keys, signal);
    if (signal.aborted) return;
    for (const key of gone) this.#items.delete(key);
    for (const item of found) this.#items.set(this.kind.key(item), this.#merged(item));
    this.#lookAgain(signal);
    this.#changed.fire();
  }

  #merged(item: T): T {
    const key = this.kind.key(item);
    const before = this.#items.get(key);
    const expected = this.#expected.get(key);
    if (before === undefined || !expected || !this.kind.merged) return item;
    return this.kind.merged(before, item, expected.event);
  }

  /** Fetch once more what the engine does not show yet as its event told it. */
  #lookAgain(signal: AbortSignal): void {
    for (const [key, expected] of this.#expected) {
      const item = this.#items.get(key);
      const lags = item !== undefined && this.kind.lags?.(item, expected.event) === true;
      if (!lags || expected.looks >= LOOKS) {
        this.#expected.delete(key);
        continue;
      }
      const again = (): void => {
        if (!signal.aborted) this.#session?.coalescer.add(key);
      };
      setTimeout(again, FIRST_LOOK * 2 ** expected.looks++);
    }
  }
}
