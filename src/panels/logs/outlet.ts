import { cancelled } from '../../engine/errors';
import type { LogsBatch } from '../../protocol/logs';
import { encode } from './encode';
import type { PanelLine } from './line';

/** Characters, and lines, of a batch; more than that go as several. */
const CHARACTERS = 256 * 1024;
const LINES = 4096;

/** Batches on their way of which the page has not said that they were taken in. */
const AHEAD = 3;

/** ms between two batches when there is little to say, so that many short ones become one. */
const PAUSE = 15;

/**
 * The way of the lines to the page: batches of a bounded size, no more of them than it takes in. Who hands lines over
 * waits for it, and so does the engine in the end.
 */
export class Outlet {
  readonly #post: (batch: LogsBatch) => void;
  readonly #session: number;
  readonly #older: boolean;
  readonly #number: () => number;
  readonly #signal: AbortSignal;
  readonly #underWay = new Set<number>();
  #waiting: PanelLine[] = [];
  #characters = 0;
  #timer: NodeJS.Timeout | undefined;
  #waiters: (() => void)[] = [];

  constructor(
    post: (batch: LogsBatch) => void,
    to: { readonly session: number; readonly older: boolean; readonly number: () => number },
    signal: AbortSignal,
  ) {
    this.#post = post;
    this.#session = to.session;
    this.#older = to.older;
    this.#number = to.number;
    this.#signal = signal;
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(this.#timer);
        this.#wake();
      },
      { once: true },
    );
  }

  /** Resolves when more may be handed over; rejects with kind `cancelled`. */
  async put(lines: readonly PanelLine[]): Promise<void> {
    for (const line of lines) {
      this.#waiting.push(line);
      this.#characters += line.text.length + 1;
      if (this.#characters >= CHARACTERS || this.#waiting.length >= LINES) await this.#flush();
    }
    if (this.#waiting.length > 0) this.#timer ??= setTimeout(() => void this.#later(), PAUSE);
  }

  /** Resolves when all has gone out. */
  async end(): Promise<void> {
    if (this.#waiting.length > 0) await this.#flush();
  }

  /** The page has taken in this batch, be it of this outlet or not. */
  taken(batch: number): void {
    if (this.#underWay.delete(batch)) this.#wake();
  }

  #wake(): void {
    for (const go of this.#waiters.splice(0)) go();
  }

  async #later(): Promise<void> {
    this.#timer = undefined;
    // Without room it goes out with what comes meanwhile, once there is some.
    if (this.#waiting.length > 0) await this.#flush().catch(() => undefined);
  }

  async #flush(): Promise<void> {
    while (this.#underWay.size >= AHEAD && !this.#signal.aborted)
      await new Promise<void>((resolve) => this.#waiters.push(resolve));
    if (this.#signal.aborted) throw cancelled();
    const lines = this.#waiting;
    if (lines.length === 0) return;
    this.#waiting = [];
    this.#characters = 0;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#number();
    this.#underWay.add(batch);
    this.#post(encode(lines, { session: this.#session, batch, older: this.#older }));
  }
}
