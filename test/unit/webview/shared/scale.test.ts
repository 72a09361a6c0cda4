import { expect, test } from 'vitest';
import { alone, nearest, pieces, roundUp, together } from '../../../../webview/shared/scale';

test.each([
  [0, 1],
  [0.3, 0.5],
  [1, 1],
  [1.01, 2],
  [37, 50],
  [306_000, 500_000],
  [1_000_000, 1_000_000],
])('a decimal scale for %d ends at %d', (value, top) => {
  expect(roundUp(value, 1000)).toBe(top);
});

test.each([
  [1024, 1024],
  [600 * 1024, 1024 ** 2],
  [1.4 * 1024 ** 2, 2 * 1024 ** 2],
  [700 * 1024 ** 2, 1024 ** 3],
])('a binary scale for %d ends at %d', (value, top) => {
  expect(roundUp(value, 1024)).toBe(top);
});

test('the nearest time is one at which the line has a value', () => {
  const times = [0, 10, 20];
  expect(nearest(times, [1, null, 3], 9)).toBe(0);
  expect(nearest(times, [undefined, 5, null], 30)).toBe(1);
  expect(nearest(times, [null, undefined, null], 0)).toBeUndefined();
});

test('a line has a piece more for every interruption, and none where others have their values', () => {
  expect(pieces([])).toBe(0);
  expect(pieces([1, 2, null, 3, null])).toBe(2);
  expect(pieces([1, undefined, 2, undefined, null, undefined, 3])).toBe(2);
});

test('a value without another beside it is alone, whatever other lines have there', () => {
  expect(alone([1, null, 2, undefined, null, 3, undefined, 4])).toEqual([0, 2]);
  expect(alone([undefined, 1, undefined])).toEqual([1]);
});

test('lines of several charts keep their values and their interruptions in one', () => {
  const all = together([
    [
      [1, 3, 5],
      [10, null, 30],
    ],
    [
      [2, 3],
      [20, 21],
    ],
  ]);
  expect(all).toEqual([
    [1, 2, 3, 5],
    [10, undefined, null, 30],
    [undefined, 20, 21, undefined],
  ]);
});
