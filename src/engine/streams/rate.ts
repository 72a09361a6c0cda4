/** ms over which a speed is smoothed: long enough to be read, short enough to be true. */
const MEMORY = 3000;

/** ms between two measurements; the engine's messages come in bursts. */
const SHORTEST = 200;

/** The speed of a counter that grows: a moving average that forgets over three seconds. */
export class Rate {
  #value = 0;
  #time: number | undefined;
  #speed: number | undefined;

  /** The counter stands at `value` at `now` (ms). Less than before counts as no growth. */
  add(value: number, now: number): void {
    if (this.#time === undefined) {
      this.#time = now;
      this.#value = value;
      return;
    }
    const elapsed = now - this.#time;
    if (elapsed < SHORTEST) return;
    const speed = (Math.max(0, value - this.#value) / elapsed) * 1000;
    const share = this.#speed === undefined ? 1 : 1 - Math.exp(-elapsed / MEMORY);
    this.#speed = (this.#speed ?? 0) + share * (speed - (this.#speed ?? 0));
    this.#time = now;
    this.#value = value;
  }

  /** Per second; `undefined` before there were two measurements. */
  get perSecond(): number | undefined {
    return this.#speed;
  }
}
