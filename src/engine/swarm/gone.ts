import { setTimeout as wait } from 'node:timers/promises';
import { cancelled, toEngineError } from '../errors';
import type { Services } from './services';

/** ms between two looks; its log may end so much later than the service. */
const PERIOD = 2000;

/**
 * Ends when the service with this id is no more and the last of its tasks has gone with it; its log does not end by
 * itself then. An engine that cannot be asked is asked again. Rejects with kind `cancelled`.
 */
export async function serviceGone(
  services: Pick<Services, 'inspect' | 'tasks'>,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  for (;;) {
    try {
      await wait(PERIOD, undefined, { signal });
      if (!(await isThere(services, id, signal))) return;
    } catch (error) {
      if (signal.aborted) throw cancelled(error);
    }
  }
}

async function isThere(
  services: Pick<Services, 'inspect' | 'tasks'>,
  id: string,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    await services.inspect(id, signal);
    return true;
  } catch (error) {
    const { kind } = toEngineError(error);
    // The swarm itself is gone.
    if (kind === 'conflict') return false;
    if (kind !== 'notFound') throw error;
  }
  return (await services.tasks(undefined, signal)).some(({ service }) => service === id);
}
