import { parseStatsRecord, type StatsRecord } from './record';
import { sampleOf, startedAnew, type StatsSample } from './sample';

/** What a stream of stats messages tells, message by message. */
export class StatsSeries {
  readonly #cpus: number | undefined;
  #previous: StatsRecord | undefined;
  /** How many messages in a row told of a container that does not run. */
  #stopped = 0;

  /** `cpus` is the container's `cpuLimit`. */
  constructor(cpus?: number) {
    this.#cpus = cpus;
  }

  get stopped(): number {
    return this.#stopped;
  }

  /** A message makes a sample from the second of a run on; `gap` is told once where samples are interrupted. */
  next(message: unknown): StatsSample | 'gap' | undefined {
    const current = parseStatsRecord(message);
    const previous = this.#previous;
    const runs = current.read > 0;
    this.#stopped = runs ? 0 : this.#stopped + 1;
    this.#previous = runs ? current : undefined;
    if (!previous) return undefined;
    // Only what this stream has told of this run: the engine's own "before" may be of the run before.
    return runs && !startedAnew(current, previous) ? sampleOf(current, previous, this.#cpus) : 'gap';
  }

  /** Nothing was heard for too long: what comes next has nothing before it. */
  interrupt(): 'gap' | undefined {
    const gap = this.#previous && 'gap';
    this.#previous = undefined;
    return gap;
  }
}
