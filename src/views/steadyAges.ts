/** ms for which an age stands still. */
const STEADY = 60_000;

/**
 * The time by which ages are told. The editor reads all that is below a row again when it paints the row, so one that is
 * unfolded is not painted every second to count them.
 */
export class SteadyAges {
  readonly #painted = new Map<string, number>();

  /** ms since 1970, at most a minute ago. */
  now(id: string, steady: boolean, now = Date.now()): number {
    if (!steady) {
      this.#painted.delete(id);
      return now;
    }
    const painted = this.#painted.get(id);
    if (painted !== undefined && now - painted < STEADY) return painted;
    this.#painted.set(id, now);
    return now;
  }
}
