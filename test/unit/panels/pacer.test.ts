import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Pacer } from '../../../src/panels/pacer';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function pacer() {
  const sent: number[] = [];
  const began = Date.now();
  const one = new Pacer(1000, () => sent.push(Date.now() - began));
  return { one, sent };
}

test('what is wanted at the same time is sent together, soon', () => {
  const { one, sent } = pacer();
  one.want();
  one.want();
  vi.advanceTimersByTime(60);
  expect(sent).toEqual([50]);
});

test('two sendings are an interval apart, however often they are wanted', () => {
  const { one, sent } = pacer();
  for (let time = 0; time < 3000; time += 10) {
    one.want();
    vi.advanceTimersByTime(10);
    one.taken();
  }
  expect(sent).toEqual([50, 1050, 2050]);
});

test('nothing is sent before the last was taken in; then at once', () => {
  const { one, sent } = pacer();
  one.want();
  vi.advanceTimersByTime(100);
  one.want();
  vi.advanceTimersByTime(10_000);
  expect(sent).toHaveLength(1);
  one.taken();
  vi.advanceTimersByTime(60);
  expect(sent).toHaveLength(2);
});

test('a reset forgets what was wanted and what was under way', () => {
  const { one, sent } = pacer();
  one.want();
  one.reset();
  vi.advanceTimersByTime(5000);
  expect(sent).toEqual([]);
  one.want();
  vi.advanceTimersByTime(60);
  one.reset();
  one.want();
  vi.advanceTimersByTime(1000);
  expect(sent).toHaveLength(2);
});
