import { source } from './index?worker';
import type { Answered, Answers, Asked } from './messages';

/** ms that one answer may take. Some hundred thousand bytes are judged in a fraction of it by any sane expression. */
const LIMIT = 1500;

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: Error) => void;
}

/** Said of work that was stopped because it took too long. */
export class TooSlow extends Error {}

type Asks<K extends Asked['kind']> = Omit<Extract<Asked, { kind: K }>, 'id' | 'kind'>;

/**
 * A worker and what it was asked. One that does not answer in time is ended, and all it was asked is refused: the next
 * question goes to a new one.
 */
export class Hands {
  readonly #limit: number;
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | undefined;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `limit` in ms; without one it is waited for as long as it takes. */
  constructor(limit = LIMIT) {
    this.#limit = limit;
  }

  /** So that it is ready before it is needed. */
  warm(): void {
    this.#worker ??= this.#start();
  }

  /** Rejects with `TooSlow`. */
  ask<K extends Asked['kind']>(kind: K, asks: Asks<K>, transfer: Transferable[] = []): Promise<Answers[K]> {
    this.#worker ??= this.#start();
    const id = ++this.#asked;
    this.#worker.postMessage({ id, kind, ...asks }, transfer);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      if (this.#waiting.size === 1) this.#restartClock();
    });
  }

  #start(): Worker {
    const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
    const worker = new Worker(url);
    worker.addEventListener('message', ({ data }: MessageEvent<Answered>) => {
      this.#waiting.get(data.id)?.resolve(data.value as never);
      this.#waiting.delete(data.id);
      this.#restartClock();
    });
    worker.addEventListener('error', (event) => this.#stop(new Error(event.message)));
    return worker;
  }

  /** It answers one after the other: the clock is that of the oldest question. */
  #restartClock(): void {
    clearTimeout(this.#timer);
    if (this.#waiting.size > 0 && Number.isFinite(this.#limit))
      this.#timer = setTimeout(() => this.#stop(new TooSlow()), this.#limit);
  }

  #stop(error: Error): void {
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.#worker = undefined;
    const waiting = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of waiting) reject(error);
  }
}
