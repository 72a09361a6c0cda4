import { afterAll, expect, test } from 'vitest';
import { lifecycleOf } from '../../src/engine/logs/lifecycle';
import type { Lifecycle } from '../../src/engine/logs/restarts';
import { ask, behindProxy } from '../rig/engine';
import { created, removeLabelled, started } from './support/box';
import { connect } from './support/connect';

const LABEL = 'log-lifecycle';
const SERVICE = {
  'com.docker.compose.project': 'shop',
  'com.docker.compose.service': 'web',
  'com.docker.compose.container-number': '1',
};

afterAll(() => removeLabelled(LABEL));

/** What is told of a container over a connection that can be lost. */
async function told(id: string) {
  const proxy = await behindProxy();
  const engine = connect(proxy.host);
  const stop = new AbortController();
  const events: string[] = [];
  const telling = (async () => {
    for await (const event of lifecycleOf(engine, id, stop.signal))
      events.push('id' in event ? `${event.kind} ${event.id}` : event.kind);
  })();
  await expect.poll(() => events).toEqual(['connected' satisfies Lifecycle['kind']]);
  return {
    events,
    /** While this goes on the engine cannot be reached. */
    unheard: async (work: () => Promise<unknown>) => {
      await proxy.down();
      await expect.poll(() => engine.model.state.kind).toBe('unavailable');
      await work();
      await proxy.up();
      engine.model.reconnect();
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
      await telling;
      engine.dispose();
      await proxy[Symbol.asyncDispose]();
    },
  };
}

const compose = (more: object = {}) => ({
  Labels: { 'dev.quayside.test': LABEL, ...SERVICE, ...more },
});

test('tells of a start that nobody could hear', async () => {
  const id = await started(LABEL, { script: 'sleep 600' });
  await using seen = await told(id);
  await ask('POST', `/containers/${id}/kill`);
  await expect.poll(() => seen.events).toEqual(['connected', `stopped ${id}`]);
  await seen.unheard(() => ask('POST', `/containers/${id}/start`));
  await expect.poll(() => seen.events).toEqual(['connected', `stopped ${id}`, `started ${id}`, 'connected']);
});

test('tells of a removal that nobody could hear', async () => {
  const id = await started(LABEL, { script: 'sleep 600' });
  await using seen = await told(id);
  await seen.unheard(() => ask('DELETE', `/containers/${id}?force=1`));
  await expect.poll(() => seen.events).toEqual(['connected', 'connected', `removed ${id}`]);
});

test('takes no container for removed that is not listed yet', async () => {
  const id = await started(LABEL, { script: 'sleep 600' });
  await using proxy = await behindProxy();
  const engine = connect(proxy.host);
  const stop = new AbortController();
  const events: string[] = [];
  await engine.system.version();
  proxy.slow(1000);
  engine.model.watch('images');
  // The events are followed, and the images asked for.
  await expect.poll(() => proxy.connections()).toBe(2);
  const telling = (async () => {
    for await (const { kind } of lifecycleOf(engine, id, stop.signal)) events.push(kind);
  })();
  proxy.slow(Infinity);
  await expect.poll(() => engine.model.containers.loaded).toBe(true);
  await ask('POST', `/containers/${id}/kill`);
  await expect.poll(() => events).toEqual(['connected', 'stopped']);
  stop.abort();
  await telling;
  engine.dispose();
});

test('goes on with the container that compose made in its place, be it heard or not', async () => {
  const first = await started(LABEL, { script: 'sleep 600', config: compose() });
  await using seen = await told(first);
  await ask('DELETE', `/containers/${first}?force=1`);
  const second = await started(LABEL, { script: 'sleep 600', config: compose() });
  const heard = ['connected', `stopped ${first}`, `started ${second}`];
  await expect.poll(() => seen.events).toEqual(heard);
  let third = '';
  await seen.unheard(async () => {
    await ask('DELETE', `/containers/${second}?force=1`);
    third = await started(LABEL, { script: 'sleep 600', config: compose() });
  });
  await expect.poll(() => seen.events).toEqual([...heard, `started ${third}`, 'connected']);
});

test('is not taken in by what compose runs once', async () => {
  const id = await started(LABEL, { script: 'sleep 600', config: compose() });
  await using seen = await told(id);
  const once = await created(LABEL, {
    script: 'exit 3',
    config: compose({ 'com.docker.compose.oneoff': 'True' }),
  });
  await ask('POST', `/containers/${once}/start`);
  await ask('POST', `/containers/${once}/wait`);
  await ask('DELETE', `/containers/${once}`);
  await ask('POST', `/containers/${id}/kill`);
  await expect.poll(() => seen.events).toEqual(['connected', `stopped ${id}`]);
});
