import { afterAll, afterEach, expect, test } from 'vitest';
import { recreate, type RecreateStep } from '../../src/engine/recreate';
import { ask } from '../rig/engine';
import { boxBody, created, labelled, removeLabelled, started, stateOf, type Box } from './support/box';
import { connect } from './support/connect';

const LABEL = 'recreate';
const NAME = 'quayside-test-recreate';
const engine = connect();

afterEach(() => removeLabelled(LABEL));
afterAll(() => removeLabelled(LABEL));

interface Inspected {
  Id: string;
  Name: string;
  Config: { Env: string[] };
  Mounts: { Name: string; Destination: string }[];
}

const look = async (id: string): Promise<Inspected> =>
  (await ask('GET', `/containers/${id}/json`)) as Inspected;

async function replace(
  id: string,
  box: Box,
  {
    signal = new AbortController().signal,
    at,
  }: { signal?: AbortSignal; at?: (step: RecreateStep) => void } = {},
) {
  const steps: RecreateStep[] = [];
  const body = await boxBody(LABEL, box);
  const work = recreate(
    engine,
    id,
    { body, query: {} },
    (step) => {
      steps.push(step);
      at?.(step);
    },
    signal,
  );
  return { steps, work };
}

/** The old container is where and what it was, and nothing else is there. */
async function isBack(id: string, running = true): Promise<void> {
  expect((await look(id)).Name).toBe(`/${NAME}`);
  expect((await stateOf(id)).Running).toBe(running);
  expect(await labelled(LABEL)).toEqual([id]);
}

test('a new container takes the place of a running one', async () => {
  const id = await started(LABEL, { name: NAME, script: 'sleep 600' });
  const { steps, work } = await replace(id, { script: 'sleep 601', config: { Env: ['COLOUR=blue'] } });
  const made = await work;
  expect(steps).toEqual(['renaming', 'stopping', 'creating', 'starting', 'health', 'removing']);
  expect(await labelled(LABEL)).toEqual([made.id]);
  const now = await look(made.id);
  expect([now.Name, now.Config.Env.includes('COLOUR=blue')]).toEqual([`/${NAME}`, true]);
  expect((await stateOf(made.id)).Running).toBe(true);
});

test('one that did not run is replaced and not started', async () => {
  const id = await created(LABEL, { name: NAME, script: 'sleep 600' });
  const made = await (await replace(id, { script: 'sleep 601' })).work;
  expect((await stateOf(made.id)).Status).toBe('created');
  expect(await labelled(LABEL)).toEqual([made.id]);
});

test('health is waited for', async () => {
  const id = await started(LABEL, { name: NAME, script: 'sleep 600' });
  const Healthcheck = { Test: ['CMD-SHELL', 'test -e /ready'], Interval: 200_000_000, Retries: 20 };
  const made = await (
    await replace(id, { script: 'sleep 1; touch /ready; sleep 600', config: { Healthcheck } })
  ).work;
  const { State } = (await ask('GET', `/containers/${made.id}/json`)) as {
    State: { Health: { Status: string } };
  };
  expect(State.Health.Status).toBe('healthy');
});

test('the volumes of the old one stay', async () => {
  const id = await started(LABEL, { name: NAME, script: 'sleep 600', config: { Volumes: { '/data': {} } } });
  const [volume] = (await look(id)).Mounts;
  const made = await (
    await replace(id, { script: 'sleep 601', host: { Binds: [`${volume?.Name}:/data`] } })
  ).work;
  expect((await look(made.id)).Mounts).toMatchObject([{ Name: volume?.Name, Destination: '/data' }]);
});

test.each<[string, Box]>([
  ['an image that is not there', { script: 'true', config: { Image: 'no/such:image' } }],
  ['a network that is not there', { script: 'sleep 600', host: { NetworkMode: 'no-such-network' } }],
  ['a command that is not there', { script: '', config: { Cmd: ['/no/such/command'] } }],
  ['a program that ends at once', { script: 'exit 3' }],
  [
    'one that is not healthy',
    {
      script: 'sleep 600',
      config: { Healthcheck: { Test: ['CMD-SHELL', 'false'], Interval: 100_000_000, Retries: 1 } },
    },
  ],
])('with %s the old container is back', async (_, box) => {
  const id = await started(LABEL, { name: NAME, script: 'sleep 600' });
  const { work } = await replace(id, box);
  await expect(work).rejects.toMatchObject({ name: 'EngineError' });
  await isBack(id);
});

test.each<RecreateStep>(['renaming', 'stopping', 'creating', 'starting', 'health'])(
  'stopped while %s, the old container is back',
  async (step) => {
    const id = await started(LABEL, { name: NAME, script: 'sleep 600' });
    const stop = new AbortController();
    const { work } = await replace(
      id,
      { script: 'sleep 601' },
      { signal: stop.signal, at: (now) => now === step && stop.abort() },
    );
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
    await isBack(id);
  },
);

test('one that did not run does not run afterwards either', async () => {
  const id = await created(LABEL, { name: NAME, script: 'sleep 600' });
  const { work } = await replace(id, { script: '', config: { Image: 'no/such:image' } });
  await expect(work).rejects.toMatchObject({ kind: 'notFound' });
  await isBack(id, false);
});

test('one that removes itself is left alone', async () => {
  const id = await started(LABEL, { name: NAME, script: 'sleep 600', host: { AutoRemove: true } });
  const { work } = await replace(id, { script: 'sleep 601' });
  await expect(work).rejects.toMatchObject({ kind: 'conflict' });
  await isBack(id);
});
