import { expect, test } from 'vitest';
import { ExitWatch } from '../../../../src/engine/model/exits';
import type { EngineEvent } from '../../../../src/engine/wire/event';

const event = (action: string, attributes: Record<string, string> = {}, id = 'a'): EngineEvent => ({
  type: 'container',
  action,
  detail: '',
  id,
  attributes: { name: 'web', ...attributes },
  time: 0,
});
const heard = (...events: EngineEvent[]): unknown[] => {
  const watch = new ExitWatch();
  return events.map((one) => watch.hear(one)).filter((exit) => exit !== undefined);
};
const die = (exitCode: string, id?: string): EngineEvent => event('die', { exitCode }, id);

test('an end that nobody asked for is told', () => {
  expect(heard(event('start'), die('3'))).toEqual([
    { id: 'a', name: 'web', exitCode: 3, outOfMemory: false },
  ]);
});

test('a task of a swarm names its service, for the next one has another id', () => {
  const task = event('die', { exitCode: '3', 'com.docker.swarm.service.id': 's' });
  expect(heard(task)).toMatchObject([{ service: 's' }]);
});

test('memory that ran out is told, of the run it belongs to', () => {
  const [first, second] = heard(event('oom'), die('137'), event('start'), die('137'));
  expect([first, second]).toMatchObject([{ outOfMemory: true }, { outOfMemory: false }]);
});

test.each([
  ['docker stop', [event('kill', { signal: '15' }), die('143')]],
  ['docker kill', [event('kill', { signal: '9' }), die('137')]],
  ['Ctrl-C in its terminal', [die('130')]],
  ['a run that is watched', [event('attach'), event('start'), die('1')]],
])('what was asked for is not told: %s', (_, events) => {
  expect(heard(...events)).toEqual([]);
});

test('a signal that only means something to the program asks for no end', () => {
  expect(heard(event('kill', { signal: '10' }), die('1'))).toHaveLength(1);
});

test('what was asked of one run, or of another container, excuses no other', () => {
  const asked = [event('kill', { signal: '15' }), die('143')];
  expect(heard(...asked, event('start'), die('1'))).toHaveLength(1);
  expect(heard(event('kill', { signal: '15' }, 'b'), die('1', 'a'))).toHaveLength(1);
});
