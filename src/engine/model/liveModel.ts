import type { IncomingMessage } from 'node:http';
import { Emitter, type Disposable, type Event } from '../emitter';
import { EngineError, sentence, toEngineError } from '../errors';
import type { Requests } from '../requests';
import { ndjson } from '../streams/ndjson';
import { chunks } from '../streams/read';
import type { Container } from '../wire/container';
import { parseEvent, type EngineEvent } from '../wire/event';
import type { Image } from '../wire/image';
import type { Network } from '../wire/network';
import type { Volume } from '../wire/volume';
import { Collection } from './collection';
import { CONTAINERS, IMAGES, NETWORKS, VOLUMES } from './kinds';

/** Where the model stands with its engine. While `starting` again after a loss, what was known stays readable. */
export type ModelState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting' }
  | { readonly kind: 'connected' }
  | { readonly kind: 'unavailable'; readonly error: EngineError };

/** ms before the next attempt to connect: 1 s doubling to 30 s, with up to a quarter of jitter. */
export function backOff(attempt: number, random = Math.random()): number {
  return Math.min(30_000, 1000 * 2 ** Math.min(attempt, 10)) * (1 - random / 4);
}

/** ms a connection must have held for its loss to be answered at once, and not with the back-off. */
const SETTLED = 1000;

/** ms the stream stays open after the last watcher went, so that a switch between views does not reconnect. */
const LINGER = 1000;

/**
 * The live state of one engine: subscribes to its events first, then lists what is watched, then applies what
 * arrived meanwhile; patches one object per event from then on and lists again after any gap. Connected only while
 * somebody watches.
 */
export class LiveModel implements Disposable {
  readonly containers: Collection<Container>;
  readonly images: Collection<Image>;
  readonly volumes: Collection<Volume>;
  readonly networks: Collection<Network>;
  readonly #requests: Requests;
  readonly #reset: () => void;
  readonly #stateChanged = new Emitter<ModelState>();
  readonly onDidChangeState: Event<ModelState> = this.#stateChanged.event;
  readonly #events = new Emitter<EngineEvent>();
  /** Every event of the engine that the model asked for, as it arrives. */
  readonly onEvent: Event<EngineEvent> = this.#events.event;
  #state: ModelState = { kind: 'idle' };
  #running: AbortController | undefined;
  #session: AbortController | undefined;
  #linger: NodeJS.Timeout | undefined;
  #wake: (() => void) | undefined;
  #reconnectAsked = false;

  /** `reset` is called before every attempt to connect again: the endpoint may have changed. */
  constructor(requests: Requests, reset: () => void) {
    this.#requests = requests;
    this.#reset = reset;
    this.containers = new Collection(CONTAINERS, requests);
    this.images = new Collection(IMAGES, requests);
    this.volumes = new Collection(VOLUMES, requests);
    this.networks = new Collection(NETWORKS, requests);
  }

  get state(): ModelState {
    return this.#state;
  }

  /** Keep the given kinds live until disposed. */
  watch(...kinds: ('containers' | 'images' | 'volumes' | 'networks')[]): Disposable {
    const watches = kinds.map((kind) => this[kind].watch(() => this.#demandChanged()));
    return { dispose: () => watches.forEach((watch) => watch.dispose()) };
  }

  /** Connect again now, without waiting for the back-off; lists everything anew. */
  reconnect(): void {
    if (!this.#running) return;
    this.#reconnectAsked = true;
    this.#session?.abort();
    this.#wake?.();
  }

  dispose(): void {
    clearTimeout(this.#linger);
    this.#running?.abort();
    this.#running = undefined;
    this.#setState({ kind: 'idle' });
  }

  get #collections(): readonly Collection<unknown>[] {
    return [this.containers, this.images, this.volumes, this.networks] as readonly Collection<unknown>[];
  }

  #demandChanged(): void {
    clearTimeout(this.#linger);
    if (!this.#collections.some((collection) => collection.watched)) {
      this.#linger = setTimeout(() => this.dispose(), LINGER);
      return;
    }
    if (!this.#running) {
      this.#running = new AbortController();
      void this.#run(this.#running.signal);
      return;
    }
    // Already connected: a kind that has just become wanted is listed in the session under way.
    const session = this.#session?.signal;
    if (session && this.#state.kind === 'connected') {
      this.#beginAll(session).catch(() => this.#session?.abort());
    }
  }

  async #run(signal: AbortSignal): Promise<void> {
    let attempt = 0;
    const ended = (): boolean => signal.aborted;
    while (!ended()) {
      // While it cannot be reached it stays `unavailable`: a retry is nothing to look at.
      if (this.#state.kind !== 'unavailable') this.#setState({ kind: 'starting' });
      const session = new AbortController();
      this.#session = session;
      const began = performance.now();
      const failure = await this.#follow(AbortSignal.any([signal, session.signal])).catch(
        (error: unknown) => error,
      );
      const connected = this.state.kind === 'connected';
      session.abort();
      if (ended()) return;
      this.#reset();
      if (this.#reconnectAsked || (connected && performance.now() - began > SETTLED)) {
        // Asked for, or an engine that restarts, or a network that blinked: ask at once.
        this.#reconnectAsked = false;
        attempt = 0;
        continue;
      }
      this.#setState({ kind: 'unavailable', error: toEngineError(failure) });
      await this.#pause(backOff(attempt++), signal);
    }
  }

  /** One connection, from its first request to its end. */
  async #follow(signal: AbortSignal): Promise<void> {
    const filters = {
      type: this.#collections.map(({ kind }) => kind.type),
      event: [...new Set(this.#collections.flatMap(({ kind }) => kind.actions))],
    };
    const stream = await this.#requests.stream('GET', '/events', { query: { filters }, signal });
    try {
      const pumping = this.#pump(stream, signal);
      await Promise.race([this.#beginAll(signal), pumping]);
      if (signal.aborted) return;
      this.#setState({ kind: 'connected' });
      // Whoever came to watch during the first lists was not among them.
      await Promise.race([this.#beginAll(signal), pumping]);
      await pumping;
    } finally {
      stream.destroy();
    }
  }

  async #pump(stream: IncomingMessage, signal: AbortSignal): Promise<void> {
    for await (const item of ndjson(chunks(stream, signal))) {
      if (signal.aborted) return;
      const event = parseEvent(item);
      if (!event) continue;
      for (const collection of this.#collections) collection.apply(event);
      this.#events.fire(event);
    }
    throw new EngineError(
      'unreachable',
      sentence('The engine closed the connection. Quayside reconnects by itself.'),
    );
  }

  async #beginAll(signal: AbortSignal): Promise<void> {
    const wanted = this.#collections.filter(
      (collection) => collection.watched && !collection.begunFor(signal),
    );
    await Promise.all(wanted.map((collection) => collection.begin(signal, () => this.#session?.abort())));
  }

  #pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#wake = undefined;
        signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      this.#wake = done;
      if (this.#reconnectAsked) done();
      signal.addEventListener('abort', done, { once: true });
    });
  }

  #setState(state: ModelState): void {
    if (state.kind === this.#state.kind && state.kind !== 'unavailable') return;
    this.#state = state;
    this.#stateChanged.fire(state);
  }
}
