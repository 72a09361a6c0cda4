import { DisposableStore } from '../emitter';
import type { Engine } from '../engine';
import type { Container } from '../model/types';
import type { Lifecycle } from './restarts';

/** Labels by which compose knows a container that takes another's place. */
const PLACE = [
  'com.docker.compose.project',
  'com.docker.compose.service',
  'com.docker.compose.container-number',
];

/** ms that compose may take between the removal of the old container and the start of the new. */
const REPLACEMENT = 10_000;

/** By this compose knows a container of `compose run`, which takes nobody's place. */
const ONE_OFF = 'com.docker.compose.oneoff';

/**
 * What happens to one container from now on, out of the engine's events, until `signal` fires. A container of a compose
 * service that is made anew goes on under its new id; any other is over when it is removed. That it was started or
 * removed while the engine could not be heard is told once it can.
 */
export async function* lifecycleOf(
  engine: Engine,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Lifecycle> {
  const waiting: Lifecycle[] = [];
  let wake: (() => void) | undefined;
  let current = id;
  const { containers } = engine.model;
  let place = placeOf(containers.items.get(id)?.labels ?? {});
  let runs = isRunning(containers.items.get(id));
  let grace: NodeJS.Timeout | undefined;
  const tell = (event: Lifecycle): void => {
    waiting.push(event);
    wake?.();
  };
  const started = (by: string, time: number): void => {
    clearTimeout(grace);
    current = by;
    runs = true;
    tell({ kind: 'started', id: by, time });
  };
  const removed = (time: number): void => {
    const event = { kind: 'removed', id: current, time } as const;
    clearTimeout(grace);
    grace = setTimeout(() => tell(event), place === undefined ? 0 : REPLACEMENT);
  };
  const look = (): void => {
    // Watched since the first lists were under way, it is not among them: nothing is known of it yet.
    if (!containers.loaded) return;
    const now = containers.items.get(current);
    place ??= placeOf(now?.labels ?? {});
    const here =
      now ?? [...containers.items.values()].find(({ labels }) => place && placeOf(labels) === place);
    if (!here) removed(Date.now());
    else if (isRunning(here) && (here !== now || runs === false)) started(here.id, Date.now());
    else if (here === now) runs = isRunning(here);
  };
  const store = new DisposableStore();
  store.add(
    engine.model.onEvent((event) => {
      if (event.type !== 'container') return;
      const { action, time, attributes } = event;
      const replaces = event.id !== current && place !== undefined && placeOf(attributes) === place;
      if (event.id !== current && !(replaces && action === 'start')) return;
      place ??= placeOf(attributes);
      if (action === 'start') started(event.id, time);
      else if (action === 'die') {
        runs = false;
        const exitCode = Number(attributes['exitCode'] ?? NaN);
        tell({ kind: 'stopped', id: current, time, ...(Number.isNaN(exitCode) ? {} : { exitCode }) });
      } else if (action === 'destroy') removed(time);
    }),
  );
  store.add(
    engine.model.onDidChangeState(({ kind }) => {
      if (kind !== 'connected') return;
      look();
      tell({ kind });
    }),
  );
  // After the listeners: what happens from here on is heard.
  store.add(engine.model.watch('containers'));
  const abort = (): void => wake?.();
  signal.addEventListener('abort', abort, { once: true });
  try {
    while (!signal.aborted) {
      const event = waiting.shift();
      if (event) yield event;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    clearTimeout(grace);
    signal.removeEventListener('abort', abort);
    store.dispose();
  }
}

function isRunning(container: Container | undefined): boolean | undefined {
  return container && (container.state === 'running' || container.state === 'paused');
}

function placeOf(labels: Readonly<Record<string, string>>): string | undefined {
  if (labels[ONE_OFF] === 'True') return undefined;
  const values = PLACE.map((label) => labels[label]);
  return values.every((value) => value !== undefined) ? values.join('\n') : undefined;
}
