import type { Engine } from '../../src/engine/engine';
import { afterAll, afterEach, expect, test } from 'vitest';
import { recreate, type RecreateStep } from '../../src/engine/recreate';
import { freePort } from '../../scripts/rig/processes.mjs';
import { ask } from '../rig/engine';
import { boxBody, created, labelled, removeLabelled, started, stateOf, type Box } from './support/box';
import { connect } from './support/connect';
import { faultProxy } from './support/faultProxy';

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
    through = engine,
  }: { signal?: AbortSignal; at?: (step: RecreateStep) => void; through?: Engine } = {},
) {
  const steps: RecreateStep[] = [];
  const body = await boxBody(LABEL, box);
  const work = recreate(
    through,
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

test('a container that did not run is back even when it is given up while the new one is made', async () => {
  const id = await created(LABEL, { name: NAME, script: 'sleep 600' });
  const stop = new AbortController();
  const { work } = await replace(
    id,
    { script: 'sleep 601' },
    { signal: stop.signal, at: (step) => step === 'creating' && setTimeout(() => stop.abort(), 5) },
  );
  await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
  await isBack(id, false);
});

test('a port that another has taken brings the old one back', async () => {
  const port = await freePort();
  const published = {
    config: { ExposedPorts: { '80/tcp': {} } },
    host: { PortBindings: { '80/tcp': [{ HostPort: String(port) }] } },
  };
  await started(`${LABEL}-other`, { script: 'sleep 600', ...published });
  try {
    const id = await started(LABEL, { name: NAME, script: 'sleep 600' });
    const { work } = await replace(id, { script: 'sleep 601', ...published });
    await expect(work).rejects.toMatchObject({ kind: 'conflict' });
    await isBack(id);
  } finally {
    await removeLabelled(`${LABEL}-other`);
  }
});

test('networks joined beside the default one are joined again, with their names', async () => {
  const network = 'quayside-test-recreate';
  await ask('POST', '/networks/create', { Name: network });
  try {
    const id = await started(LABEL, { name: NAME, script: 'sleep 600' });
    await ask('POST', `/networks/${network}/connect`, { Container: id, EndpointConfig: { Aliases: ['db'] } });
    const made = await (await replace(id, { script: 'sleep 601' })).work;
    const found = (await ask('GET', `/containers/${made.id}/json`)) as {
      NetworkSettings: { Networks: Record<string, { Aliases: string[] | null }> };
    };
    const { Networks } = found.NetworkSettings;
    expect(Object.keys(Networks).sort()).toEqual(['bridge', network]);
    expect(Networks[network]?.Aliases).toContain('db');
    expect(Networks[network]?.Aliases).not.toContain(id.slice(0, 12));
  } finally {
    await removeLabelled(LABEL);
    await ask('DELETE', `/networks/${network}`);
  }
});

test('volumes made for the old one alone go on in the new one, whatever else it mounts', async () => {
  const id = await started(LABEL, { name: NAME, script: 'sleep 600', config: { Volumes: { '/data': {} } } });
  const [volume] = (await look(id)).Mounts;
  const made = await (await replace(id, { script: 'sleep 601', host: { Binds: ['/tmp:/data2'] } })).work;
  const mounts = (await look(made.id)).Mounts.filter(({ Destination }) => Destination === '/data');
  expect(mounts).toMatchObject([{ Name: volume?.Name }]);
});

test('so does one that a mount asked for, and one of another container stays as read-only as it was', async () => {
  const Mounts = [{ Type: 'volume', Target: '/data' }];
  const other = await started(LABEL, { script: 'sleep 600', config: { Volumes: { '/theirs': {} } } });
  const VolumesFrom = [`${other}:ro`];
  const id = await started(LABEL, { name: NAME, script: 'sleep 600', host: { Mounts, VolumesFrom } });
  const before = (await look(id)).Mounts.map(({ Name, Destination }) => ({ Name, Destination }));
  const made = await (await replace(id, { script: 'sleep 601', host: { Mounts, VolumesFrom } })).work;
  const mounts = (await look(made.id)).Mounts;
  expect(mounts).toHaveLength(2);
  expect(mounts).toEqual(
    expect.arrayContaining(before.map((mount) => expect.objectContaining(mount) as object)),
  );
  expect(mounts.find(({ Destination }) => Destination === '/theirs')).toMatchObject({ RW: false });
});

test('a volume that is named stays, too', async () => {
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
  ['one that is started again for ever', { script: 'exit 3', host: { RestartPolicy: { Name: 'always' } } }],
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

test.each(['exit 0', 'sleep 0.3'])(
  'with one that removes itself and ends (%s) the old container is back, and that is what is said',
  async (script) => {
    const id = await started(LABEL, { name: NAME, script: 'sleep 600' });
    const { work } = await replace(id, { script, host: { AutoRemove: true } });
    await expect(work).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('the old one is back') as string,
    });
    await isBack(id);
  },
);

test('one that was paused is paused again when it is back, and so is what takes its place', async () => {
  const id = await started(LABEL, { name: NAME, script: 'sleep 600' });
  await ask('POST', `/containers/${id}/pause`);
  await expect((await replace(id, { script: 'exit 3' })).work).rejects.toMatchObject({ kind: 'conflict' });
  await isBack(id);
  expect((await stateOf(id)).Status).toBe('paused');
  const made = await (await replace(id, { script: 'sleep 601' })).work;
  expect((await stateOf(made.id)).Status).toBe('paused');
  expect(await labelled(LABEL)).toEqual([made.id]);
});

const NETWORK = 'quayside-test-recreate-steps';

/** A running container on two networks, so that every step has something to do. */
async function onTwoNetworks(): Promise<string> {
  await ask('POST', '/networks/create', { Name: NETWORK });
  const id = await started(LABEL, { name: NAME, script: 'sleep 600' });
  await ask('POST', `/networks/${NETWORK}/connect`, { Container: id });
  return id;
}

test.each([
  ['renamed', /POST .*\/rename/],
  ['stopped', /POST .*\/stop/],
  ['created', /POST .*\/containers\/create/],
  ['joined to its network', /POST .*\/networks\/.*\/connect/],
  ['started', /POST .*\/start/],
])('when the engine fails as one is %s, the old container is back', async (_, request) => {
  await using proxy = await faultProxy('status500', request);
  const through = connect(proxy.host);
  try {
    const id = await onTwoNetworks();
    const { work } = await replace(id, { script: 'sleep 601' }, { through });
    await expect(work).rejects.toMatchObject({
      name: 'EngineError',
      message: expect.not.stringContaining('brought back') as string,
    });
    await isBack(id);
    const { NetworkSettings } = (await ask('GET', `/containers/${id}/json`)) as {
      NetworkSettings: { Networks: object };
    };
    expect(Object.keys(NetworkSettings.Networks).sort()).toEqual(['bridge', NETWORK]);
  } finally {
    through.dispose();
    await removeLabelled(LABEL);
    await ask('DELETE', `/networks/${NETWORK}`);
  }
});

test('when the old one cannot be removed the new one stands, and it is said', async () => {
  await using proxy = await faultProxy('status500', /^DELETE /);
  const through = connect(proxy.host);
  try {
    const id = await started(LABEL, { name: NAME, script: 'sleep 600' });
    const { work } = await replace(id, { script: 'sleep 601' }, { through });
    await expect(work).rejects.toMatchObject({
      message: expect.stringContaining(`still there as ${NAME}-before-`) as string,
    });
    expect((await look(NAME)).Id).not.toBe(id);
    expect((await stateOf(NAME)).Running).toBe(true);
    expect((await look(id)).Name).toBe(`/${NAME}-before-${id.slice(0, 8)}`);
  } finally {
    through.dispose();
  }
});

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
