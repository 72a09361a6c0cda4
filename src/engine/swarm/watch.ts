import type { Disposable } from '../emitter';
import { EngineError, toEngineError } from '../errors';
import type { Swarm } from '../swarm';
import type { System } from '../system';
import type { Service, SwarmNode, SwarmState, Task } from '../wire/swarm';

/** A swarm at one moment. Of an engine that is no manager only its state is known. */
export interface SwarmSnapshot {
  readonly state: SwarmState;
  readonly services: readonly Service[];
  readonly tasks: readonly Task[];
  readonly nodes: readonly SwarmNode[];
}

/** ms between two looks: what tasks on other nodes do is told by no event. */
const PERIOD = 5000;

/** ms in which events that belong together arrive. */
const TOGETHER = 150;

/** What an engine tells of when its swarm changes. */
const EVENTS = {
  type: ['service', 'node', 'container'],
  event: ['create', 'update', 'remove', 'start', 'die', 'destroy', 'health_status'],
};

/** A look at the swarm of an engine now. */
export async function lookAt(swarm: Swarm, signal?: AbortSignal): Promise<SwarmSnapshot> {
  const state = await swarm.state(signal);
  if (!state.manager) return { state, services: [], tasks: [], nodes: [] };
  const [services, tasks, nodes] = await Promise.all([
    swarm.services.list(signal),
    swarm.services.tasks(undefined, signal),
    swarm.nodes.list(signal),
  ]);
  return { state, services, tasks, nodes };
}

/**
 * Tells how the swarm of an engine is, at once, after each of its events, and every five seconds, until it is disposed.
 * `listener` hears an error once for as long as it stays the same.
 */
export function watchSwarm(
  { swarm, system }: { readonly swarm: Swarm; readonly system: System },
  listener: (now: SwarmSnapshot | EngineError) => void,
): Disposable {
  const stop = new AbortController();
  const { signal } = stop;
  let wake = (): void => undefined;
  let failing = '';

  const follow = async (): Promise<void> => {
    for await (const { type } of system.events({ filters: EVENTS }, signal))
      if (EVENTS.type.includes(type)) wake();
  };
  const look = async (): Promise<void> => {
    const now = await lookAt(swarm, signal).catch(toEngineError);
    if (signal.aborted) return;
    const said = now instanceof EngineError ? now.message : '';
    if (said === '' || said !== failing) listener(now);
    failing = said;
  };
  const run = async (): Promise<void> => {
    let following = false;
    while (!signal.aborted) {
      if (!following) {
        following = true;
        follow()
          .catch(() => undefined)
          .finally(() => (following = false));
      }
      const told = new Promise<boolean>((resolve) => (wake = () => resolve(true)));
      await look();
      if (await Promise.race([told, pause(PERIOD, signal)])) await pause(TOGETHER, signal);
    }
  };
  void run();
  return { dispose: () => stop.abort() };
}

/** Resolves with false, at once when it is no longer wanted. */
function pause(ms: number, signal: AbortSignal): Promise<false> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve(false);
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
