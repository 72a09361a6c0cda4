import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withSilence } from '../../../../src/engine/stats/silence';
import { Channel } from '../logs/channel';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('tells once of every silence, and gives the values', async () => {
  const source = new Channel<number>(1);
  const seen: unknown[] = [];
  const reading = (async () => {
    for await (const value of withSilence(source, 2000)) seen.push(value);
  })();
  await vi.advanceTimersByTimeAsync(1999);
  expect(seen).toEqual([1]);
  await vi.advanceTimersByTimeAsync(1);
  expect(seen).toEqual([1, 'silence']);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(seen).toEqual([1, 'silence']);
  source.send(2);
  await vi.advanceTimersByTimeAsync(2000);
  source.send(3).end();
  await vi.advanceTimersByTimeAsync(0);
  await reading;
  expect(seen).toEqual([1, 'silence', 2, 'silence', 3]);
  expect(vi.getTimerCount()).toBe(0);
});

it('passes the error of its source on', async () => {
  const reading = withSilence(new Channel<number>().fail(new Error('cut')), 2000).next();
  await expect(reading).rejects.toThrow('cut');
});

it('can be left in a silence', async () => {
  const silent = withSilence(new Channel<number>(), 2000);
  const first = silent.next();
  await vi.advanceTimersByTimeAsync(2000);
  expect(await first).toEqual({ value: 'silence', done: false });
  expect(await silent.return(undefined)).toMatchObject({ done: true });
});
