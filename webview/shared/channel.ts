import type { Contract, FromHost, FromWebview } from '../../src/protocol/channel';

/** The corner of `acquireVsCodeApi()` that the channel needs. */
export interface Poster {
  postMessage(message: unknown): void;
}

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (reason: Error) => void;
}

/** The browser half of a panel's channel: typed messages both ways, and questions with an answer or a refusal. */
export class Channel<C extends Contract> {
  readonly #poster: Poster;
  readonly #waiting = new Map<number, Waiting>();
  #requests = 0;

  /** `source` is the window. Nothing arrives before `ready` was said. */
  constructor(
    poster: Poster,
    source: Pick<EventTarget, 'addEventListener'>,
    receive: (message: C['toWebview']) => void,
  ) {
    this.#poster = poster;
    source.addEventListener('message', (event) => {
      const data: unknown = (event as MessageEvent<unknown>).data;
      if (typeof data !== 'object' || data === null || !('kind' in data)) return;
      // From the panel's own host half: nobody else can reach this window.
      const envelope = data as FromHost<C>;
      if (envelope.kind === 'message') receive(envelope.message);
      else this.#settle(envelope);
    });
  }

  ready(): void {
    this.#send({ kind: 'ready' });
  }

  post(message: C['toHost']): void {
    this.#send({ kind: 'message', message });
  }

  /** Rejects with the host's sentence when it cannot answer. */
  request<K extends keyof C['requests'] & string>(
    name: K,
    asks: C['requests'][K]['asks'],
  ): Promise<C['requests'][K]['gets']> {
    const id = ++this.#requests;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ kind: 'request', id, name, asks });
    });
  }

  #settle(envelope: Exclude<FromHost<C>, { kind: 'message' }>): void {
    const waiting = this.#waiting.get(envelope.id);
    this.#waiting.delete(envelope.id);
    if (envelope.kind === 'reply') waiting?.resolve(envelope.value as never);
    else waiting?.reject(new Error(envelope.reason));
  }

  #send(envelope: FromWebview<C>): void {
    this.#poster.postMessage(envelope);
  }
}
