import { expect, test } from 'vitest';
import { Past, Pasts } from '../../../../src/panels/details/past';

const event = (action: string, more: { detail?: string; attributes?: Record<string, string> } = {}) =>
  ({ type: 'container', id: 'c', action, detail: '', attributes: {}, time: 5, ...more }) as const;

test('what happened is marked with what there is to know of it; the rest is not', () => {
  const past = new Past();
  expect(past.hear(event('exec_start'))).toBe(false);
  expect(past.hear(event('die', { attributes: { exitCode: '137' } }))).toBe(true);
  expect(past.hear(event('health_status', { detail: 'unhealthy' }))).toBe(true);
  expect(past.marks).toEqual([
    { time: 5, kind: 'die', detail: '137' },
    { time: 5, kind: 'health', detail: 'unhealthy' },
  ]);
});

test('one that restarts for ever does not grow', () => {
  const past = new Past();
  for (let i = 0; i < 1000; i++) past.hear(event('start'));
  expect(past.marks).toHaveLength(200);
});

test('a past outlives its panel; those that were looked at least recently go first', () => {
  const pasts = new Pasts();
  const first = pasts.of('0');
  const second = pasts.of('1');
  for (let i = 2; i < 30; i++) pasts.of(String(i));
  expect(pasts.of('0')).toBe(first);
  pasts.of('30');
  expect(pasts.of('0')).toBe(first);
  expect(pasts.of('1')).not.toBe(second);
});
