import { expect, test } from 'vitest';
import { inParallel } from '../../../src/commands/parallel';

test('answers in the order of the items, whatever ends first', async () => {
  const open: (() => void)[] = [];
  const answers = inParallel([0, 1, 2], async (item) => {
    await new Promise<void>((resolve) => (open[item] = resolve));
    return item * 10;
  });
  for (const end of open.reverse()) end();
  expect(await answers).toEqual([0, 10, 20]);
});

test('has no more than so many under way', async () => {
  let running = 0;
  let most = 0;
  await inParallel(Array.from({ length: 30 }), async () => {
    most = Math.max(most, ++running);
    await Promise.resolve();
    running--;
  });
  expect(most).toBe(8);
});

test('the first failure rejects', async () => {
  const work = (item: number) => (item === 2 ? Promise.reject(new Error('two')) : Promise.resolve(item));
  await expect(inParallel([1, 2, 3], work)).rejects.toThrow('two');
});
