import { describe, expect, test } from 'vitest';
import { statusHolds, statusOf } from '../../../src/views/status';
import { container, MINUTE, NOW } from './samples';

describe('statusOf', () => {
  const age = { unit: 'minute', count: 5 } as const;
  test.each([
    [{ state: 'running' }, { kind: 'up', age }],
    [
      { state: 'running', health: 'unhealthy' },
      { kind: 'up', age, health: 'unhealthy' },
    ],
    [
      { state: 'paused', health: 'healthy' },
      { kind: 'paused', age },
    ],
    [
      { state: 'restarting', exitCode: 1 },
      { kind: 'restarting', age, code: 1 },
    ],
    [
      { state: 'exited', exitCode: 130 },
      { kind: 'exited', age, code: 130 },
    ],
    [{ state: 'exited' }, { kind: 'exited', age, code: 0 }],
    [{ state: 'created' }, { kind: 'created' }],
    [{ state: 'removing' }, { kind: 'removing' }],
    [{ state: 'dead' }, { kind: 'dead' }],
  ] as const)('%j', (given, expected) => {
    expect(statusOf(container(given), NOW)).toEqual(expected);
  });

  test('grows older while the engine is silent', () => {
    const one = container({ state: 'exited', exitCode: 0, since: NOW });
    expect(statusOf(one, NOW + 13 * MINUTE)).toEqual({
      kind: 'exited',
      age: { unit: 'minute', count: 13 },
      code: 0,
    });
  });
});

test('a status without an age is never looked at again', () => {
  expect(statusHolds(container({ state: 'created' }), NOW)).toBe(Infinity);
  expect(statusHolds(container({ since: NOW - 400 }), NOW)).toBe(600);
});
