import { DisposableStore } from '../emitter';
import type { Engine } from '../engine';
import type { Lifecycle } from './restarts';

/** Labels by which compose knows a container that takes another's place. */
const PLACE = [
  'com.docker.compose.project',
  'com.docker.compose.service',
  'com.docker.compose.container-number',
];

/** ms that compose may take between the removal of the old container and the start of the new. */
const REPLACEMENT = 10_000;

/**
 * What happens to one container from now on, out of the engine's events, until `signal` fires. A container of a compose
 * service that is made anew goes on under its new id; any other is over when it is removed.
 */
export async function* lifecycleOf(
  engine: Engine,
  id: string,
  signal: AbortSignal,
): AsyncGenerator<Lifecycle> {
  const waiting: Lifecycle[] = [];
  let wake: (() => void) | undefined;
  let current = id;
  let place = placeOf(engine.model.containers.items.get(id)?.labels ?? {});
  let grace: NodeJS.Timeout | undefined;
  const tell = (event: Lifecycle): void => {
    waiting.push(event);
    wake?.();
  };
  const store = new DisposableStore();
  store.add(
    engine.model.onEvent((event) => {
      if (event.type !== 'container') return;
      const { action, time, attributes } = event;
      const replaces = event.id !== current && place !== undefined && placeOf(attributes) === place;
      if (event.id !== current && !(replaces && action === 'start')) return;
      place ??= placeOf(attributes);
      if (action === 'start') {
        clearTimeout(grace);
        current = event.id;
        tell({ kind: 'started', id: current, time });
      } else if (action === 'die') {
        const exitCode = Number(attributes['exitCode'] ?? NaN);
        tell({ kind: 'stopped', id: current, time, ...(Number.isNaN(exitCode) ? {} : { exitCode }) });
      } else if (action === 'destroy') {
        const removed = { kind: 'removed', id: current, time } as const;
        grace = setTimeout(() => tell(removed), place === undefined ? 0 : REPLACEMENT);
      }
    }),
  );
  store.add(engine.model.onDidChangeState(({ kind }) => kind === 'connected' && tell({ kind })));
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

function placeOf(labels: Readonly<Record<string, string>>): string | undefined {
  const values = PLACE.map((label) => labels[label]);
  return values.every((value) => value !== undefined) ? values.join('\n') : undefined;
}
