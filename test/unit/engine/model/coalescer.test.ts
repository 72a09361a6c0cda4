import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Coalescer } from '../../../../src/engine/model/coalescer';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function recording() {
  const batches: string[][] = [];
  const coalescer = new Coalescer((keys) => {
    batches.push([...keys]);
    return Promise.resolve();
  });
  return { batches, coalescer };
}

test('nothing goes before the first list is through', async () => {
  const { batches, coalescer } = recording();
  coalescer.add('a');
  await vi.advanceTimersByTimeAsync(5000);
  expect(batches).toEqual([]);
  coalescer.release();
  expect(batches).toEqual([['a']]);
});

test('the first few go at once, the rest of the burst together after it', async () => {
  const { batches, coalescer } = recording();
  coalescer.release();
  for (const key of ['create', 'connect', 'start']) {
    coalescer.add(key);
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(batches).toEqual([['create'], ['connect'], ['start']]);
  for (const key of ['b', 'c', 'b']) {
    coalescer.add(key);
    await vi.advanceTimersByTimeAsync(10);
  }
  expect(batches).toHaveLength(3);
  await vi.advanceTimersByTimeAsync(200);
  expect(batches.slice(3)).toEqual([['b', 'c']]);
});

test('a burst of 200 in two seconds is five batches, and one without end is still let through', async () => {
  const { batches, coalescer } = recording();
  coalescer.release();
  const burst = async (keys: number): Promise<void> => {
    for (let i = 0; i < keys; i++) {
      coalescer.add(String(i));
      await vi.advanceTimersByTimeAsync(10);
    }
  };
  await burst(200);
  await vi.advanceTimersByTimeAsync(1000);
  expect(batches.length).toBeLessThanOrEqual(5);
  const before = batches.length;
  await burst(600);
  expect(batches.length - before).toBeGreaterThanOrEqual(4);
});

test('after a quiet time the next is at once again', async () => {
  const { batches, coalescer } = recording();
  coalescer.release();
  for (const key of ['a', 'b', 'c', 'd']) coalescer.add(key);
  await vi.advanceTimersByTimeAsync(3000);
  const before = batches.length;
  coalescer.add('e');
  expect(batches.slice(before)).toEqual([['e']]);
});

test('what arrives during a flush waits for the next, and is not lost', async () => {
  const batches: string[][] = [];
  const running: { done?: () => void } = {};
  const coalescer = new Coalescer((keys) => {
    batches.push([...keys]);
    return new Promise((resolve) => (running.done = resolve));
  });
  coalescer.release();
  coalescer.add('a');
  coalescer.add('b');
  await vi.advanceTimersByTimeAsync(5000);
  expect(batches).toEqual([['a']]);
  running.done?.();
  await vi.advanceTimersByTimeAsync(200);
  expect(batches).toEqual([['a'], ['b']]);
});
