import { setTimeout as pause } from 'node:timers/promises';
import { backOff } from '../../engine/model/liveModel';
import type { StatsSample } from '../../engine/stats/sample';

/**
 * Hands on what a stream of samples brings until it is aborted. One that ends or breaks is opened again, later each
 * time until samples come; `delay` is in ms.
 */
export async function followStats(
  open: (signal: AbortSignal) => AsyncIterable<StatsSample | 'gap'>,
  signal: AbortSignal,
  on: { sample(sample: StatsSample): void; interrupted(error?: unknown): void },
  delay: (attempt: number) => number = backOff,
): Promise<void> {
  const aborted = (): boolean => signal.aborted;
  for (let attempt = 0; !aborted(); attempt++) {
    try {
      for await (const item of open(signal)) {
        if (aborted()) return;
        if (item === 'gap') on.interrupted();
        else {
          attempt = 0;
          on.sample(item);
        }
      }
      on.interrupted();
    } catch (error) {
      if (!aborted()) on.interrupted(error);
    }
    await pause(delay(attempt), undefined, { signal }).catch(() => undefined);
  }
}
