import type { StatsSample } from '../../engine/stats/sample';
import type { StatsPoint } from '../../protocol/stats';

/** How many samples are kept of a container unless told otherwise: five minutes, at the engine's one per second. */
export const KEPT = 300;

/** The samples of one container as points, the newest ones of them. */
export class StatsHistory {
  readonly #kept: number;
  #points: StatsPoint[] = [];
  #interrupted = true;
  /** How many points there have been, kept or not. */
  #count = 0;

  constructor(kept = KEPT) {
    this.#kept = kept;
  }

  get points(): readonly StatsPoint[] {
    return this.#points;
  }

  get count(): number {
    return this.#count;
  }

  /** Those after the first `count` that ever were, as far as they are still kept. */
  after(count: number): readonly StatsPoint[] {
    const fresh = this.#count - count;
    return fresh > 0 ? this.#points.slice(-fresh) : [];
  }

  add(sample: StatsSample): void {
    this.#points.push(toPoint(sample, this.#interrupted));
    if (this.#points.length > this.#kept) this.#points = this.#points.slice(-this.#kept);
    this.#count++;
    this.#interrupted = false;
  }

  /** The container, or the watching of it, was interrupted: what comes next does not continue what was. */
  interrupt(): void {
    this.#interrupted = true;
  }
}

/** What the panel needs of a sample; rates over an interruption would be of another run. */
function toPoint({ perSecond, ...sample }: StatsSample, first: boolean): StatsPoint {
  const { time, cpuPercent, cpuLimitPercent, memoryUsed, memoryLimit, memoryPercent } = sample;
  const { netRx, netTx, blockRead, blockWrite, pids } = sample;
  return {
    ...{ time, cpuPercent, cpuLimitPercent, memoryUsed, memoryLimit, memoryPercent },
    ...{ netRx, netTx, blockRead, blockWrite, pids },
    netRxRate: perSecond?.netRx,
    netTxRate: perSecond?.netTx,
    blockReadRate: perSecond?.blockRead,
    blockWriteRate: perSecond?.blockWrite,
    ...(first ? { first: true } : {}),
  };
}
