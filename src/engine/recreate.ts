import { setTimeout as wait } from 'node:timers/promises';
import type { Containers } from './containers';
import { create, removeMade, type Created, type RunRequest } from './creation';
import { EngineError, cancelled, sentence, toEngineError } from './errors';
import { inherited } from './inherit';
import { networkPath } from './paths';
import type { Requests } from './requests';
import { number, record, text } from './wire/read';

/** Where a recreation stands. */
export type RecreateStep =
  'renaming' | 'creating' | 'stopping' | 'starting' | 'health' | 'removing' | 'rollBack';

/** ms between two looks at a container's health. */
const LOOK = 250;

/** ms that a container without a health check must run to count as started. */
const SETTLED = 1500;

interface Parts {
  readonly requests: Requests;
  readonly containers: Containers;
}

/**
 * Puts a new container in the place of `id`: the old one is renamed and stopped, the new one created under its name,
 * started and waited for until it is healthy (without a check: until it has run a moment), and only
 * then the old one removed, without its volumes. One that did not run is not started, one that was paused is paused.
 * Whatever fails, and an abort at any time, leaves the old container as it was: under its name, running or paused if it
 * was. Answers the new id and the engine's
 * warnings. Rejects with the error of what failed; `conflict` for a container that removes itself when it stops, which
 * could not be brought back.
 */
export async function recreate(
  engine: Parts,
  id: string,
  request: RunRequest,
  tell: (step: RecreateStep) => void,
  signal: AbortSignal,
): Promise<Created> {
  const { requests, containers } = engine;
  const old = record(await containers.inspect(id, {}, signal));
  const oldId = text(old['Id']);
  const name = text(old['Name']).replace(/^\//, '');
  const { Running: running, Paused: paused } = record(old['State']);
  if (record(old['HostConfig'])['AutoRemove'] === true && running === true)
    throw new EngineError(
      'conflict',
      sentence(
        'The container {0} removes itself when it stops (--rm), so it could not be brought back if this fails. Duplicate it instead.',
        name,
      ),
    );
  const wanted = request.name ?? name;
  const undo: (() => Promise<unknown>)[] = [];
  const check = (): void => {
    if (signal.aborted) throw cancelled(signal.reason);
  };
  // Not given the signal: a request that is dropped may still be carried out, after what undoes it.
  const step = async (which: RecreateStep, work: () => Promise<unknown>, back: () => Promise<unknown>) => {
    check();
    tell(which);
    undo.push(back);
    await work();
  };
  const aside = `${name}-before-${oldId.slice(0, 8)}`;
  let made: Created | undefined;
  try {
    await step(
      'renaming',
      () => containers.rename(oldId, aside),
      () => containers.rename(oldId, name),
    );
    const stopped = running === true ? () => containers.stop(oldId) : () => Promise.resolve();
    const again = async (): Promise<void> => {
      if (running === true) await containers.start(oldId);
      if (paused === true) await containers.pause(oldId);
    };
    await step('stopping', stopped, again);
    check();
    tell('creating');
    const { body, joins } = inherited(old, request.body);
    const named = { ...request, body, name: wanted, query: { ...request.query, name: wanted } };
    // To its end, too: what would be made later could not be taken away before the old name is given back.
    made = await create(requests, named);
    const { id: newId } = made;
    undo.push(() => removeWhole(engine, newId));
    for (const { network, endpoint } of joins) await join(requests, network, newId, endpoint);
    check();
    if (running === true) {
      await step(
        'starting',
        () => containers.start(newId),
        () => Promise.resolve(),
      );
      tell('health');
      await healthy(containers, newId, wanted, signal);
      if (paused === true) await containers.pause(newId);
    }
  } catch (error) {
    tell('rollBack');
    await rollBack(undo, name, error);
    throw error;
  }
  // The new one stands; that the old one cannot be removed is told, and takes nothing back.
  tell('removing');
  await containers.remove(oldId).catch((error: unknown) => {
    const { kind, message } = toEngineError(error);
    if (kind === 'notFound') return;
    throw new EngineError(
      kind,
      sentence(
        'The new container {0} has taken its place, but the old one is still there as {1}: {2} Remove it when you no longer need it.',
        wanted,
        aside,
        message,
      ),
      { cause: error },
    );
  });
  return made;
}

/** The new container, to its end: only then its name and its ports can be given back. */
async function removeWhole({ requests, containers }: Parts, id: string): Promise<void> {
  if (!(await removeMade(requests, id))) await containers.remove(id, { force: true });
  // One that removes itself is on its way out, which the engine does not wait for.
  await containers.wait(id, 'removed').catch((error: unknown) => {
    if (toEngineError(error).kind !== 'notFound') throw error;
  });
}

function join(requests: Requests, network: string, id: string, endpoint: object): Promise<unknown> {
  const body = { Container: id, EndpointConfig: endpoint };
  return requests.head('POST', networkPath(network, 'connect'), { body });
}

/** The new container gives back name, ports and addresses before the old one takes them; one step's failure stops no other. */
async function rollBack(
  undo: readonly (() => Promise<unknown>)[],
  name: string,
  cause: unknown,
): Promise<void> {
  let failure: EngineError | undefined;
  for (const step of [...undo].reverse()) {
    try {
      await step();
    } catch (error) {
      // What was not done, because it failed itself, has nothing to undo.
      if (step === undo[0] && toEngineError(error).kind === 'invalid') continue;
      failure ??= toEngineError(error);
    }
  }
  if (!failure) return;
  throw new EngineError(
    failure.kind,
    sentence(
      'The container {0} could not be replaced, nor brought back as it was: {1} Look for the container whose name begins with "{0}-before-".',
      name,
      failure.message,
    ),
    { cause },
  );
}

async function healthy(containers: Containers, id: string, name: string, signal: AbortSignal): Promise<void> {
  const began = Date.now();
  for (;;) {
    const found = record(await containers.inspect(id, {}, signal).catch(goneItself(name)));
    const state = record(found['State']);
    const health = text(record(state['Health'])['Status']);
    // One that its restart policy starts again and again counts as running to the engine.
    const fell = state['Restarting'] === true || number(found['RestartCount']) > 0;
    if (state['Running'] !== true || fell)
      throw new EngineError(
        'conflict',
        sentence(
          'The new container {0} ended at once with exit code {1}; the old one is back.',
          name,
          String(state['ExitCode']),
        ),
      );
    if (health === 'unhealthy')
      throw new EngineError(
        'conflict',
        sentence('The new container {0} is not healthy; the old one is back.', name),
      );
    if (health === 'healthy') return;
    if (health === '' && Date.now() - began >= SETTLED) return;
    await wait(LOOK, undefined, { signal }).catch((error: unknown) => {
      throw cancelled(error);
    });
  }
}

/** One with `--rm` that ends is gone when it is looked at. */
function goneItself(name: string): (error: unknown) => never {
  return (error) => {
    if (toEngineError(error).kind !== 'notFound') throw error;
    throw new EngineError(
      'conflict',
      sentence('The new container {0} ended at once and removed itself (--rm); the old one is back.', name),
      { cause: error },
    );
  };
}
