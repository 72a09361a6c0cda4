import { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import type { Engine } from '../../src/engine/engine';
import { baseImage, removeLabelled } from '../rig/engine';
import { connect } from './support/connect';

/** What every engine that answers the Docker API does, also where containers cannot be started. */
const LABEL = 'every-engine';
const engine = connect();

afterEach(() => removeLabelled(LABEL));

async function create(on: Engine, name: string): Promise<string> {
  const body = {
    Image: await baseImage(),
    Cmd: ['true'],
    Labels: { 'dev.quayside.test': LABEL, colour: 'blue' },
  };
  return (await on.containers.create({ query: { name }, body })).id;
}

test('a container is created, listed, inspected, renamed and removed, and the model follows', async () => {
  const watch = engine.model.watch('containers', 'images');
  try {
    await expect.poll(() => engine.model.state.kind).toBe('connected');
    const id = await create(engine, 'quayside-every-a');
    const shown = () => engine.model.containers.items.get(id);
    await expect
      .poll(shown)
      .toMatchObject({ name: 'quayside-every-a', state: 'created', labels: { colour: 'blue' } });
    expect(await engine.containers.inspect('quayside-every-a')).toMatchObject({ Id: id });
    await engine.containers.rename(id, 'quayside-every-b');
    await expect.poll(() => shown()?.name).toBe('quayside-every-b');
    await engine.containers.remove(id);
    await expect.poll(shown).toBeUndefined();
  } finally {
    watch.dispose();
  }
});

test('its refusals have kinds and sentences', async () => {
  await create(engine, 'quayside-every-c');
  await expect(engine.containers.inspect('no-such-container')).rejects.toMatchObject({
    kind: 'notFound',
    message: 'The container "no-such-container" is no longer there. It may have been removed.',
  });
  await expect(create(engine, 'quayside-every-c')).rejects.toMatchObject({ kind: 'conflict' });
  await expect(engine.images.inspect('quayside/no-such-image')).rejects.toMatchObject({ kind: 'notFound' });
});

test('an image is listed, tagged, looked into, saved, loaded and removed', async () => {
  const base = await baseImage();
  const tag = await engine.images.tag(base, 'localhost/quayside-every:1');
  expect(tag).toBe('localhost/quayside-every:1');
  expect(await engine.images.inspect(tag)).toHaveProperty('Id');
  expect((await engine.images.history(tag)).length).toBeGreaterThan(0);
  const chunks: Buffer[] = [];
  for await (const chunk of await engine.images.save([tag])) chunks.push(chunk as Buffer);
  await engine.images.remove(tag);
  expect(await engine.images.has(tag)).toBe(false);
  expect(await engine.images.load(Readable.from(chunks))).toContain(tag);
  expect(await engine.images.has(tag)).toBe(true);
  await engine.images.remove(tag);
});

test('the log of a container that has not run is empty', async () => {
  const id = await create(engine, 'quayside-every-d');
  const { stdout, stderr } = await engine.logs.collect(id);
  expect([stdout.length, stderr.length]).toEqual([0, 0]);
});

test('it says what it is', async () => {
  expect(await engine.system.version()).toHaveProperty('ApiVersion');
  expect(await engine.system.info()).toHaveProperty('NCPU');
});

test('what a prune of containers would take is a plan, and only that goes', async () => {
  const id = await create(engine, 'quayside-every-e');
  const plan = await engine.prune.plan('containers');
  const mine = plan.filter((victim) => victim.id === id);
  expect(mine).toMatchObject([{ kind: 'containers', name: 'quayside-every-e' }]);
  const { removed, refused } = await engine.prune.remove(mine, () => undefined);
  expect([removed.map((victim) => victim.id), refused]).toEqual([[id], []]);
  await expect(engine.containers.inspect(id)).rejects.toMatchObject({ kind: 'notFound' });
});
