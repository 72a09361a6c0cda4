import { expect, test } from 'vitest';
import { SteadyAges } from '../../../src/views/steadyAges';

test('an age stands still for a minute while it is to be steady', () => {
  const ages = new SteadyAges();
  expect(ages.now('a', false, 1000)).toBe(1000);
  expect(ages.now('a', true, 2000)).toBe(2000);
  expect(ages.now('a', true, 61_999)).toBe(2000);
  expect(ages.now('b', true, 61_999)).toBe(61_999);
  expect(ages.now('a', true, 62_000)).toBe(62_000);
  expect(ages.now('a', false, 63_000)).toBe(63_000);
  expect(ages.now('a', true, 64_000)).toBe(64_000);
});
