import { expect, test } from 'vitest';
import { CONTAINERS } from '../../../../src/engine/model/kinds';
import { parseContainer } from '../../../../src/engine/wire/container';
import { parseEvent, type EngineEvent } from '../../../../src/engine/wire/event';

const HOUR = 3_600_000;
const event = (Type: string, Action: string, Attributes = {}): EngineEvent => {
  const parsed = parseEvent({ Type, Action, Actor: { ID: 'a', Attributes } });
  if (!parsed) throw new Error('not an event');
  return parsed;
};
const at = (now: number, State: string, Status: string) =>
  parseContainer({ Id: 'a', State, Status, Created: 1 }, now);

test('a health change does not forget when it was started', () => {
  const before = at(0, 'running', 'Up Less than a second');
  const after = at(2.9 * HOUR, 'running', 'Up 2 hours (healthy)');
  const merged = CONTAINERS.merged?.(before, after, event('container', 'health_status: healthy'));
  expect(merged).toMatchObject({ since: 0, health: 'healthy' });
});

test.each(['start', 'restart'])('a %s does', (action) => {
  const before = at(0, 'running', 'Up Less than a second');
  const after = at(2 * HOUR, 'running', 'Up Less than a second');
  expect(CONTAINERS.merged?.(before, after, event('container', action)).since).toBe(2 * HOUR);
});

test.each([
  ['die', 'running', 'Up 2 hours', true],
  ['die', 'exited', 'Exited (0) 1 second ago', false],
  ['die', 'restarting', 'Restarting (1) 1 second ago', false],
  ['pause', 'running', 'Up 2 hours', true],
  ['unpause', 'paused', 'Up 2 hours (Paused)', true],
  ['rename', 'running', 'Up 2 hours', false],
])('after %s a list that says %s is behind: %s', (action, state, status, expected) => {
  expect(CONTAINERS.lags?.(at(0, state, status), event('container', action))).toBe(expected);
});
