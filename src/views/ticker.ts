/** ms: no text on the screen changes more often. */
const SHORTEST = 1000;
/** ms: the longest that a timer can wait. */
const LONGEST = 2 ** 31 - 1;

/** The one timer of a view: goes off when some text on the screen may have become old. */
export class Ticker {
  readonly #tick: () => void;
  #timer: NodeJS.Timeout | undefined;

  constructor(tick: () => void) {
    this.#tick = tick;
  }

  /** Go off once, when what is shown has been true for `holds` ms; Infinity for never. */
  restart(holds: number): void {
    clearTimeout(this.#timer);
    if (holds === Infinity) return;
    this.#timer = setTimeout(this.#tick, Math.min(LONGEST, Math.max(SHORTEST, holds)));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
