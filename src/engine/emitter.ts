/** Something to give back: a listener, a stream, a subscription. */
export interface Disposable {
  dispose(): void;
}

/** Subscribe to it; dispose what it returns to stop. Structurally the same as VS Code's `Event`. */
export type Event<T> = (listener: (value: T) => void) => Disposable;

/** The private half of an event: its owner fires it, everybody else gets `event`. */
export class Emitter<T> implements Disposable {
  readonly #listeners = new Set<{ listener: (value: T) => void }>();

  readonly event: Event<T> = (listener) => {
    const entry = { listener };
    this.#listeners.add(entry);
    return { dispose: () => void this.#listeners.delete(entry) };
  };

  fire(value: T): void {
    // A copy: a listener may unsubscribe, itself or another, while it is called.
    for (const entry of [...this.#listeners]) {
      if (this.#listeners.has(entry)) entry.listener(value);
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

/** Several disposables as one; `add` returns what it was given, so it can wrap a constructor call. */
export class DisposableStore implements Disposable {
  readonly #items = new Set<Disposable>();

  add<T extends Disposable>(item: T): T {
    this.#items.add(item);
    return item;
  }

  dispose(): void {
    for (const item of this.#items) item.dispose();
    this.#items.clear();
  }
}
