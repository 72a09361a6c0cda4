import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageHolds, ageOf } from '../../../src/views/duration';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('ageOf', () => {
  // The steps of go-units' HumanDuration, at and just before each.
  test.each([
    [-5, 0, 'second'],
    [999, 0, 'second'],
    [SECOND, 1, 'second'],
    [59_999, 59, 'second'],
    [MINUTE, 1, 'minute'],
    [2 * MINUTE - 1, 1, 'minute'],
    [59 * MINUTE + 59_999, 59, 'minute'],
    [HOUR, 1, 'hour'],
    [1.5 * HOUR - 1, 1, 'hour'],
    [1.5 * HOUR, 2, 'hour'],
    [47.5 * HOUR - 1, 47, 'hour'],
    [47.5 * HOUR, 2, 'day'],
    [14 * DAY - HOUR, 13, 'day'],
    [14 * DAY, 2, 'week'],
    [60 * DAY - HOUR, 8, 'week'],
    [60 * DAY, 2, 'month'],
    [730 * DAY - HOUR, 24, 'month'],
    [730 * DAY, 2, 'year'],
    [3 * 365 * DAY, 3, 'year'],
  ])('%d ms are %d %s', (ms, count, unit) => {
    expect(ageOf(ms)).toEqual({ count, unit });
  });
});

describe('ageHolds', () => {
  test('under a minute it ends with the very second', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: MINUTE - 1 }), (ms) => {
        const holds = ageHolds(ms);
        expect(ageOf(ms + holds - 1)).toEqual(ageOf(ms));
        expect(ageOf(ms + holds)).not.toEqual(ageOf(ms));
      }),
    );
  });

  test('later an age is at most ten seconds late, and seldom looked at', () => {
    fc.assert(
      fc.property(fc.integer({ min: MINUTE, max: 900 * DAY }), (ms) => {
        const holds = ageHolds(ms);
        expect(holds).toBeGreaterThanOrEqual(10 * SECOND);
        expect(ageOf(ms + holds - 10 * SECOND)).toEqual(ageOf(ms));
      }),
    );
  });
});
