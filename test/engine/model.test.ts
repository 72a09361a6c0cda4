import { afterEach, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine';
import { ask, baseImage, behindProxy, docker, removeLabelled } from '../rig/engine';
import { stateOf as stateNow } from './support/box';
import { connect } from './support/connect';

const LABEL = 'model';
const engines: Engine[] = [];

function watched(engine: Engine): Engine {
  engines.push(engine);
  engine.model.watch('containers', 'images');
  return engine;
}

afterEach(async () => {
  for (const engine of engines.splice(0)) engine.dispose();
  await removeLabelled(LABEL);
});

const run = async (...args: string[]): Promise<string> =>
  (
    await docker(
      'run',
      '-d',
      '--init',
      '--label',
      `dev.quayside.test=${LABEL}`,
      ...args,
      await baseImage(),
      'sleep',
      '600',
    )
  ).trim();

const stateOf = (engine: Engine, id: string): string | undefined =>
  engine.model.containers.items.get(id)?.state;

test('follows what happens in a terminal, from create to destroy', async () => {
  const engine = watched(connect());
  await expect.poll(() => engine.model.state.kind).toBe('connected');
  const id = await run('--name', 'quayside-model-a');
  await expect.poll(() => stateOf(engine, id)).toBe('running');
  await docker('pause', id);
  await expect.poll(() => stateOf(engine, id)).toBe('paused');
  await docker('unpause', id);
  await docker('rename', id, 'quayside-model-b');
  await expect.poll(() => engine.model.containers.items.get(id)?.name).toBe('quayside-model-b');
  await docker('kill', id);
  await expect
    .poll(() => engine.model.containers.items.get(id))
    .toMatchObject({ state: 'exited', exitCode: 137 });
  await docker('rm', id);
  await expect.poll(() => stateOf(engine, id)).toBeUndefined();
});

test('a container that ends by itself is seen to end, although the engine tells of it before its list does', async () => {
  const engine = watched(connect());
  const image = await baseImage();
  await expect.poll(() => engine.model.state.kind).toBe('connected');
  const ids: string[] = [];
  for (let i = 0; i < 12; i++) {
    ids.push(
      (
        await docker('run', '-d', '--label', `dev.quayside.test=${LABEL}`, image, 'sh', '-c', 'exit 3')
      ).trim(),
    );
  }
  const ended = (): unknown[] => ids.map((id) => engine.model.containers.items.get(id)?.exitCode);
  await expect.poll(ended).toEqual(ids.map(() => 3));
});

test('a network that is connected and left again', async () => {
  const engine = watched(connect());
  const id = await run();
  const network = (
    await docker('network', 'create', '--label', `dev.quayside.test=${LABEL}`, 'quayside-model')
  ).trim();
  const names = (): unknown =>
    engine.model.containers.items
      .get(id)
      ?.networks.map(({ name }) => name)
      .sort();
  await expect.poll(names).toEqual(['bridge']);
  await docker('network', 'connect', network, id);
  await expect.poll(names).toEqual(['bridge', 'quayside-model']);
  await docker('network', 'disconnect', network, id);
  await expect.poll(names).toEqual(['bridge']);
});

test('health changes are seen', async () => {
  const engine = watched(connect());
  const id = await run('--health-cmd', 'test -e /ok', '--health-interval', '100ms', '--health-retries', '1');
  await expect.poll(() => engine.model.containers.items.get(id)?.health).toBe('unhealthy');
  await docker('exec', id, 'touch', '/ok');
  await expect.poll(() => engine.model.containers.items.get(id)?.health).toBe('healthy');
});

test('an image that is tagged, untagged and removed', async () => {
  const engine = watched(connect());
  const base = await baseImage();
  const tags = (): readonly string[] =>
    [...engine.model.images.items.values()].flatMap((image) => image.tags);
  await expect.poll(tags).toContain(base);
  await docker('tag', base, 'quayside-test/other:1');
  await expect.poll(tags).toContain('quayside-test/other:1');
  await docker('rmi', 'quayside-test/other:1');
  await expect.poll(tags).not.toContain('quayside-test/other:1');
  expect(tags()).toContain(base);
});

test('recovers when the engine comes back, and has missed nothing', async () => {
  await using proxy = await behindProxy();
  const engine = watched(connect(proxy.host));
  const first = await run();
  await expect.poll(() => stateOf(engine, first)).toBe('running');
  await proxy.down();
  await expect
    .poll(() => engine.model.state)
    .toMatchObject({ kind: 'unavailable', error: { kind: 'unreachable' } });
  expect(stateOf(engine, first)).toBe('running');
  const second = await run();
  await docker('rm', '-f', first);
  await proxy.up();
  await expect.poll(() => engine.model.state.kind).toBe('connected');
  expect([stateOf(engine, first), stateOf(engine, second)]).toEqual([undefined, 'running']);
});

test('a burst of events is few changes, and asks the engine seldom', async () => {
  const engine = watched(connect());
  const ids = await Promise.all([run(), run(), run(), run()]);
  await expect.poll(() => ids.every((id) => stateOf(engine, id) === 'running')).toBe(true);
  let changes = 0;
  engine.model.containers.onDidChange(() => changes++);
  const times = [Date.now()];
  engine.model.onEvent(({ id, action }) => {
    if (ids.includes(id) && action.endsWith('pause')) times.push(Date.now());
  });
  for (let round = 0; round < 25; round++) {
    await Promise.all(ids.map((id) => ask('POST', `/containers/${id}/${round % 2 ? 'unpause' : 'pause'}`)));
  }
  // The engine tells of a pause twice when containerd's own word for it comes after the next unpause.
  await expect.poll(() => times.length).toBeGreaterThan(100);
  const truth = await Promise.all(ids.map(async (id) => (await stateNow(id)).Status));
  await expect.poll(() => ids.map((id) => stateOf(engine, id))).toEqual(truth);
  // The first three at once, then one for each 1.5 s that the burst lasted, and what was left over; a pause of 150 ms, as
  // a slow engine makes them, ends a burst.
  times.push(Date.now());
  const bursts = times.slice(1).map((time, at) => Math.floor((time - (times[at] ?? time)) / 150));
  const lasted = (times.at(-1) ?? 0) - (times[0] ?? 0);
  expect(changes).toBeLessThanOrEqual(
    4 + Math.floor(lasted / 1500) + bursts.reduce((sum, each) => sum + each, 0),
  );
});

test('nothing is asked while nobody watches', async () => {
  await using proxy = await behindProxy();
  const engine = connect(proxy.host);
  engines.push(engine);
  const watch = engine.model.watch('containers');
  await expect.poll(() => engine.model.state.kind).toBe('connected');
  watch.dispose();
  await expect.poll(() => engine.model.state.kind, { timeout: 5000 }).toBe('idle');
});
