import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EngineError } from '../../src/engine/errors';
import { collectOutput } from '../../src/engine/streams/collect';
import { ask, baseImage, engine as rig } from '../rig/engine';
import { connect } from './support/connect';

const engine = connect();
const { swarm } = engine;
let image: string;

interface Spec {
  Mode: { Replicated?: { Replicas: number }; Global?: object };
  TaskTemplate: { ForceUpdate: number; ContainerSpec: { Image: string } };
}
const specOf = async (id: string): Promise<Spec> =>
  ((await ask('GET', `/services/${id}`)) as { Spec: Spec }).Spec;
const replicas = async (id: string): Promise<unknown> => (await specOf(id)).Mode.Replicated?.Replicas;
/** How many of its tasks run, as the engine counts them; on the host's network, for the machine may not have another. */
const running = async (id: string): Promise<number> =>
  (await swarm.services.tasks(id)).filter(
    ({ state, desired }) => state === 'running' && desired === 'running',
  ).length;
const kind = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: unknown) => (error as EngineError).kind,
  );
const service = (name: string, more: object = {}): Promise<{ id: string; pinned: boolean }> =>
  swarm.services.create({ name, image, command: ['sleep', '1000'], networks: ['host'], ...more });

if (rig.shared) console.warn('Skipped: the engine is somebody else’s too, and a swarm would be theirs.');

describe.skipIf(rig.shared)('a swarm of one', () => {
  beforeAll(async () => {
    image = await baseImage();
    await swarm.init({ advertiseAddr: '127.0.0.1' });
  });
  afterAll(async () => {
    await swarm.leave({ force: true }).catch(() => undefined);
    engine.dispose();
  });

  test('is made once, and tells how the engine stands to it', async () => {
    const state = await swarm.state();
    expect(state).toMatchObject({ state: 'active', manager: true, managers: ['127.0.0.1:2377'] });
    await expect(swarm.init({ advertiseAddr: '127.0.0.1' })).rejects.toMatchObject({
      kind: 'conflict',
      message: 'This engine is in a swarm already. Leave that one first.',
    });
    const [node, ...others] = await swarm.nodes.list();
    expect(others).toEqual([]);
    expect(node).toMatchObject({ id: state.node, role: 'manager', availability: 'active', leader: true });
    const { JoinTokens } = (await ask('GET', '/swarm')) as {
      JoinTokens: { Worker: string; Manager: string };
    };
    expect(await swarm.joinTokens()).toEqual({ worker: JoinTokens.Worker, manager: JoinTokens.Manager });
  });

  test('runs a service, scales it, and tells its tasks', async () => {
    const { id, pinned } = await service('scaled', { replicas: 2, labels: { a: 'b' } });
    // No registry has it.
    expect(pinned).toBe(false);
    await expect.poll(() => running(id)).toBe(2);
    expect(await swarm.services.list()).toContainEqual(
      expect.objectContaining({
        id,
        name: 'scaled',
        image,
        mode: 'replicated',
        desired: 2,
        labels: { a: 'b' },
      }),
    );
    await swarm.services.scale('scaled', 3);
    expect(await replicas(id)).toBe(3);
    await expect.poll(() => running(id)).toBe(3);
    const [task] = await swarm.services.tasks('scaled');
    const { Name } = (await ask('GET', `/containers/${task?.container}/json`)) as { Name: string };
    expect(Name).toBe(`/scaled.${task?.slot}.${task?.id}`);
    await swarm.services.scale(id.slice(0, 8), 0);
    await expect.poll(() => running(id)).toBe(0);
    for (const wrong of [-1, 1.5, NaN]) expect(await kind(swarm.services.scale(id, wrong))).toBe('invalid');
    await swarm.services.remove('scaled');
    expect(await kind(swarm.services.inspect(id))).toBe('notFound');
  });

  test('a global service runs on each node and has no number', async () => {
    const { id } = await service('everywhere', { mode: 'global' });
    await expect.poll(() => running(id)).toBe(1);
    await expect(swarm.services.scale('everywhere', 2)).rejects.toMatchObject({ kind: 'invalid' });
    await swarm.services.remove(id);
  });

  test('an update makes the tasks anew, and is taken back', async () => {
    const { id } = await service('updated');
    await expect(swarm.services.rollback(id)).rejects.toMatchObject({
      kind: 'conflict',
      message: 'This service has never been updated, so there is nothing to go back to.',
    });
    await expect.poll(() => running(id)).toBe(1);
    const [before] = await swarm.services.tasks(id);
    await swarm.services.update(id, { force: true });
    expect((await specOf(id)).TaskTemplate.ForceUpdate).toBe(1);
    await expect.poll(() => running(id)).toBe(1);
    await expect
      .poll(async () => (await swarm.services.tasks(id)).find(({ id: task }) => task === before?.id)?.desired)
      .toBe('shutdown');
    const { pinned } = await swarm.services.update(id, { image: 'quayside-test/other:1' });
    expect(pinned).toBe(false);
    expect((await specOf(id)).TaskTemplate.ContainerSpec.Image).toBe('quayside-test/other:1');
    await swarm.services.rollback(id);
    expect((await specOf(id)).TaskTemplate.ContainerSpec.Image).toBe(image);
    await swarm.services.remove(id);
  });

  test('changes that are made at the same time all come to be', async () => {
    const { id } = await service('busy', { replicas: 0 });
    await Promise.all(Array.from({ length: 4 }, () => swarm.services.update(id, { force: true })));
    expect((await specOf(id)).TaskTemplate.ForceUpdate).toBe(4);
    await swarm.services.remove(id);
  });

  test('the logs of all tasks are one', async () => {
    const { id } = await service('talking', {
      replicas: 2,
      command: ['sh', '-c', 'echo out of $HOSTNAME; echo err >&2; exec sleep 1000'],
      hostname: '{{.Task.Slot}}',
    });
    await expect.poll(() => running(id)).toBe(2);
    await expect
      .poll(async () => {
        const { stdout, stderr } = await collectOutput(swarm.services.logs(id));
        return [stdout.toString().trim().split('\n').sort(), stderr.toString()];
      })
      .toEqual([['out of 1', 'out of 2'], 'err\nerr\n']);
    const followed = new AbortController();
    const lines: string[] = [];
    for await (const frames of swarm.services.logs(id, { follow: true }, followed.signal)) {
      lines.push(...frames.map(({ data }) => data.toString()));
      if (lines.join('').split('\n').length > 4) break;
    }
    expect(lines.join('')).toContain('out of 2');
    await swarm.services.remove(id);
    expect(await kind(collectOutput(swarm.services.logs(id)))).toBe('notFound');
  });

  test('a node is drained and taken back; the last manager stays one', async () => {
    const { node } = await swarm.state();
    const { id } = await service('drained');
    await expect.poll(() => running(id)).toBe(1);
    await swarm.nodes.update(node, { availability: 'drain' });
    await expect.poll(() => running(id)).toBe(0);
    const told = (await ask('GET', `/nodes/${node}`)) as { Spec: object };
    expect(told.Spec).toMatchObject({ Availability: 'drain', Role: 'manager' });
    await swarm.nodes.update('self', { availability: 'active' });
    await expect.poll(() => running(id)).toBe(1);
    expect(await kind(swarm.nodes.update(node, { role: 'worker' }))).toBe('conflict');
    expect(await kind(swarm.nodes.update(node, { availability: 'sometimes' }))).toBe('invalid');
    expect(await kind(swarm.nodes.update('nowhere', { availability: 'active' }))).toBe('notFound');
    await swarm.services.remove(id);
  });

  test.each<[string, object, string]>([
    ['a name twice', { name: 'twice' }, 'conflict'],
    ['a name that is none', { name: 'no name' }, 'invalid'],
    ['no image', { image: '' }, 'invalid'],
    ['a network that is not there', { networks: ['qs-nowhere'] }, 'notFound'],
    ['replicas of a global service', { mode: 'global', replicas: 2 }, 'invalid'],
    ['a port on one address', { ports: ['127.0.0.1:80:80'] }, 'invalid'],
  ])('refuses %s', async (_, options, expected) => {
    const { id } = await service('twice', { replicas: 0 });
    expect(await kind(service('other', options))).toBe(expected);
    await swarm.services.remove(id);
  });

  test('is not left by mistake, and then gone', async () => {
    await expect(swarm.leave()).rejects.toMatchObject({ kind: 'conflict' });
    await swarm.leave({ force: true });
    expect(await swarm.state()).toEqual({ state: 'inactive', manager: false, node: '', managers: [] });
    expect(await kind(swarm.services.list())).toBe('conflict');
    expect(await kind(swarm.leave({ force: true }))).toBe('conflict');
  });
});
