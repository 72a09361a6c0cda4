/**
 * Lets something be sent at most once per interval, and not again before the one before has been taken in.
 * Whatever is asked for meanwhile is one sending.
 */
export class Pacer {
  readonly #interval: number;
  readonly #send: () => void;
  #timer: NodeJS.Timeout | undefined;
  #sent = -Infinity;
  #wanted = false;
  #underWay = false;

  /** `interval` in ms. */
  constructor(interval: number, send: () => void) {
    this.#interval = interval;
    this.#send = send;
  }

  /** There is something to send. */
  want(): void {
    this.#wanted = true;
    if (this.#timer !== undefined || this.#underWay) return;
    // A moment for those that come together.
    const wait = Math.max(this.#interval / 20, this.#sent + this.#interval - performance.now());
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#wanted = false;
      this.#underWay = true;
      this.#sent = performance.now();
      this.#send();
    }, wait);
  }

  /** What was sent last has been taken in. */
  taken(): void {
    this.#underWay = false;
    if (this.#wanted) this.want();
  }

  /** Whoever takes it in is another one from now on, or nobody: what was sent and what is wanted no longer counts. */
  reset(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#wanted = false;
    this.#underWay = false;
  }
}
