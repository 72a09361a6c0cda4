import { expect, test } from 'vitest';
import { parseEvent } from '../../../../src/engine/wire/event';

const actor = { ID: 'abc', Attributes: { name: 'web' } };

test('a health event carries its state in the action', () => {
  const event = {
    Type: 'container',
    Action: 'health_status: unhealthy',
    Actor: actor,
    timeNano: 1.7000000001234568e18,
  };
  expect(parseEvent(event)).toMatchObject({ action: 'health_status', detail: 'unhealthy', id: 'abc' });
  expect(parseEvent(event)?.time).toBeCloseTo(1_700_000_000_123, 0);
});

test('the fields that newer engines no longer send are not needed', () => {
  expect(parseEvent({ Type: 'image', Action: 'pull', Actor: actor, time: 5 })).toMatchObject({
    type: 'image',
    time: 5000,
  });
});

test.each([[{ Type: 'daemon', Action: 'reload' }], [null], ['x']])(
  'what is not shown is passed over: %j',
  (value) => {
    expect(parseEvent(value)).toBeUndefined();
  },
);
