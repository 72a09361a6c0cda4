import { randomBytes } from 'node:crypto';
import { afterAll, expect, test } from 'vitest';
import { busyboxImage } from '../../scripts/rig/images.mjs';
import { startProxy } from '../../scripts/rig/proxy.mjs';
import { currentDigest } from '../../src/engine/registry/current';
import { Registries } from '../../src/engine/registry/registries';
import { docker } from '../rig/engine';
import { noRegistry, push } from '../rig/registry';
import { home } from '../unit/engine/auth/home';
import { connect } from './support/connect';

const engine = connect();
afterAll(() => engine.dispose());

test('a tag that moves while it is pulled: what is told is what was pulled', async (context) => {
  if (noRegistry !== undefined) return context.skip(noRegistry);
  const base = await busyboxImage();
  // Bytes that no other image has, so slowly that there is time to move the tag.
  const layer = { createdBy: 'RUN large', entries: [{ path: 'large.bin', content: randomBytes(2_000_000) }] };
  const name = await push('moved/app', { ...base, layers: [...base.layers, layer] });
  const proxy = await startProxy({ host: '127.0.0.1', port: Number(/:(\d+)\//.exec(name)?.[1]) });
  const reference = name.replace(/:\d+\//, `:${proxy.port}/`);
  const { surroundings } = await home();
  const registries = new Registries(surroundings, () => Promise.resolve({ surroundings }));
  const before = await currentDigest(engine, registries, reference);

  proxy.slow(200_000);
  let moved: Promise<unknown> | undefined;
  const pulled = await engine.images.pull(reference, {}, ({ layers }) => {
    if (layers.some(({ status }) => status === 'Downloading'))
      moved ??= push('moved/app', { ...base, config: { Cmd: ['date'] } }).then(() => proxy.slow(Infinity));
  });
  await moved;
  expect(moved).toBeDefined();
  expect(pulled).toMatchObject({ digest: before, reference, upToDate: false, moved: false });
  const after = await currentDigest(engine, registries, reference);
  expect(after).not.toBe(before);
  // The engine sees the same; it is asked where the registry cannot be reached from here.
  expect(await engine.images.remoteDigest(reference)).toBe(after);
  await docker('rmi', reference);
  await proxy.down();
});
