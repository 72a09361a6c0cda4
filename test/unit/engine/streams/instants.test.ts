import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Instants, seconds } from '../../../../src/engine/streams/instants';

it.each([
  ['1970-01-01T00:00:00Z', 0n],
  ['2024-05-06T07:08:09.123456789Z', 1714979289123456789n],
  ['2024-05-06T07:08:09.1Z', 1714979289100000000n],
  ['2024-05-06T09:08:09.000000001+02:00', 1714979289000000001n],
])('reads %s', (said, time) => {
  expect(new Instants().parse(said)).toBe(time);
});

it.each([
  '',
  'hello',
  '2024-05-06',
  '2024-13-06T07:08:09Z',
  '2024-05-06T07:08:09.1234567890Z',
  '2024-05-06T07:08:09',
])('refuses %j', (said) => {
  expect(new Instants().parse(said)).toBeUndefined();
});

it('refuses what only begins like the one before', () => {
  const instants = new Instants();
  instants.parse('2024-05-06T07:08:09.123456789Z');
  expect(instants.parse('2024-05-06T07:08:09.12345678xZ')).toBeUndefined();
});

it('reads a sequence as it reads each', () => {
  const time = fc.bigInt({ min: 0n, max: 4_000_000_000_000_000_000n });
  fc.assert(
    fc.property(fc.array(time), (times) => {
      const instants = new Instants();
      for (const each of times) {
        const [whole, fraction] = seconds(each).split('.');
        const date = new Date(Number(whole) * 1000).toISOString().slice(0, 19);
        expect(instants.parse(`${date}.${fraction ?? ''}Z`)).toBe(each);
      }
    }),
  );
});

it('writes seconds with all nine decimals', () => {
  expect(seconds(0n)).toBe('0.000000000');
  expect(seconds(1714979289000000001n)).toBe('1714979289.000000001');
});
