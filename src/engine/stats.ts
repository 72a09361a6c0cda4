import { setTimeout as wait } from 'node:timers/promises';
import { cancelled, EngineError, sentence, toEngineError } from './errors';
import { containerPath } from './paths';
import type { Requests } from './requests';
import { statsMessages } from './stats/messages';
import { parseStatsRecord } from './stats/record';
import { cpuLimit, sampleOf, type StatsSample } from './stats/sample';
import { StatsSeries } from './stats/series';
import { record } from './wire/read';

/** ms; the engine collects once a second, so there is something wrong after two. */
const SILENCE = 2000;

/** ms before the next attempt: 1 s doubling to 30 s. */
const backOff = (attempt: number): number => Math.min(30_000, 1000 * 2 ** Math.min(attempt, 5));

/**
 * What containers use. `id` is what the engine resolves. Reference: moby `api/swagger.yaml`,
 * `/containers/{id}/stats`.
 */
export class Stats {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /**
   * One correct sample: the engine collects twice, which takes 1 to 2 s. A container that does not run answers at once
   * with zeros and `running: false`, as `docker stats --no-stream` shows it.
   */
  async once(id: string, signal?: AbortSignal): Promise<StatsSample> {
    const [answer, cpus] = await Promise.all([
      this.#requests.json('GET', this.#path(id), { query: { stream: false }, signal }),
      this.#cpus(id, signal),
    ]);
    const sample = sampleOf(parseStatsRecord(answer), undefined, cpus);
    if (!sample)
      throw new EngineError(
        'protocol',
        sentence('The engine did not tell what the container uses. Try again.'),
      );
    return sample;
  }

  /**
   * A sample a second, from the second on; `gap` where they are interrupted: the container does not run, was started
   * anew, or nothing was heard for two seconds. What comes after a gap has no rates to what was before it. A lost
   * connection is a gap and made again; ends when the container is removed, rejects with kind `cancelled`. Without
   * `limits` the container's are not looked up, and `cpuLimitPercent` is of all cores.
   */
  async *watch(
    id: string,
    signal: AbortSignal,
    { limits = true }: { readonly limits?: boolean } = {},
  ): AsyncGenerator<StatsSample | 'gap'> {
    let inGap = true;
    for (let attempt = 0; ; attempt++) {
      try {
        const series = new StatsSeries(limits ? await this.#cpus(id, signal) : undefined);
        const stream = await this.#requests.stream('GET', this.#path(id), {
          query: { stream: true },
          signal,
        });
        for await (const message of statsMessages(stream, SILENCE, signal)) {
          const sample = message === 'silence' ? series.interrupt() : series.next(message);
          if (sample !== undefined) {
            inGap = sample === 'gap';
            if (!inGap) attempt = 0;
            yield sample;
          }
          // Opened while the container was being removed, a stream tells of one that is stopped, and never ends.
          if (series.stopped === 2) await this.#cpus(id, signal);
        }
      } catch (error) {
        const failure = toEngineError(error);
        if (failure.status === 404) return;
        if (failure.kind !== 'unreachable' && failure.kind !== 'protocol') throw failure;
      }
      // The engine ends the stream when it stops, or when the container is removed: the next attempt tells which.
      if (!inGap) yield 'gap';
      inGap = true;
      await pause(attempt === 0 ? 0 : backOff(attempt - 1), signal);
    }
  }

  async #cpus(id: string, signal?: AbortSignal): Promise<number | undefined> {
    const found = await this.#requests.json('GET', containerPath(id, 'json'), { signal });
    return cpuLimit(record(record(found)['HostConfig']));
  }

  #path(id: string): string {
    return containerPath(id, 'stats');
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await wait(ms, undefined, { signal });
  } catch (error) {
    throw cancelled(error);
  }
}
