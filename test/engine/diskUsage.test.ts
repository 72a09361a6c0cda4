import { expect, test } from 'vitest';
import { baseImage } from '../rig/engine';
import { connect } from './support/connect';

test('many questions at once, of one client and of several, are all answered', async () => {
  const base = await baseImage();
  const clients = [connect(), connect(), connect()];
  const answers = await Promise.all(
    clients.flatMap(({ system }) => [
      system.diskUsage(),
      system.diskUsage({ only: 'image' }),
      system.diskUsage(),
    ]),
  );
  for (const { images } of answers) expect(images.items.flatMap(({ tags }) => tags)).toContain(base);
});

test('a question that was given up ends, and the next is answered', async () => {
  const { system } = connect();
  const stop = new AbortController();
  const first = system.diskUsage({}, stop.signal);
  const second = system.diskUsage();
  stop.abort();
  await expect(first).rejects.toMatchObject({ kind: 'cancelled' });
  expect((await second).images.size).toBeGreaterThanOrEqual(0);
});
