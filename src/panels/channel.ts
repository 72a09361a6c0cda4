import type { Disposable } from '../engine/emitter';
import type { Contract, FromHost, FromWebview } from '../protocol/channel';

/** What a panel does with what its browser half says. Everything that comes from there is of unknown shape. */
export interface Receiver<C extends Contract> {
  /** The page is there, for the first time or again after it was hidden: it knows nothing. */
  ready(): void;
  message(message: { readonly type: C['toHost']['type'] }): void;
  readonly requests: {
    readonly [K in keyof C['requests']]: (asks: unknown) => Promise<C['requests'][K]['gets']>;
  };
  /** The sentence that the browser half gets when a request has failed. */
  reason(error: unknown): string;
}

/** The corner of `vscode.Webview` that the channel needs. */
export interface Wire {
  postMessage(message: unknown): PromiseLike<boolean>;
  onDidReceiveMessage(listener: (data: unknown) => void): Disposable;
}

/** The host half of a panel's channel: typed messages out, checked ones in, an answer or a refusal for every request. */
export class Channel<C extends Contract> implements Disposable {
  readonly #wire: Wire;
  readonly #receiver: Receiver<C>;
  readonly #listening: Disposable;

  constructor(wire: Wire, receiver: Receiver<C>) {
    this.#wire = wire;
    this.#receiver = receiver;
    this.#listening = wire.onDidReceiveMessage((data) => this.#take(data));
  }

  dispose(): void {
    this.#listening.dispose();
  }

  post(message: C['toWebview']): void {
    this.#send({ kind: 'message', message });
  }

  #take(data: unknown): void {
    const envelope = record(data) as Partial<FromWebview<C>>;
    if (envelope.kind === 'ready') this.#receiver.ready();
    else if (envelope.kind === 'message') {
      const { type } = record(envelope.message);
      if (typeof type === 'string') this.#receiver.message({ ...record(envelope.message), type });
    } else if (envelope.kind === 'request' && typeof envelope.id === 'number') {
      void this.#answer(envelope.id, String(envelope.name), envelope.asks);
    }
  }

  async #answer(id: number, name: string, asks: unknown): Promise<void> {
    try {
      if (!Object.hasOwn(this.#receiver.requests, name)) throw new Error(`No request is named "${name}".`);
      const answer = this.#receiver.requests[name];
      this.#send({ kind: 'reply', id, value: await answer?.(asks) });
    } catch (error) {
      this.#send({ kind: 'rejection', id, reason: this.#receiver.reason(error) });
    }
  }

  #send(envelope: FromHost<C>): void {
    // A panel that was closed meanwhile needs no answer.
    this.#wire.postMessage(envelope).then(undefined, () => undefined);
  }
}

/** The fields of a value of unknown shape; none when it has none. */
export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}
