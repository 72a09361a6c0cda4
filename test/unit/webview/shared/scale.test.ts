import { expect, test } from 'vitest';
import { linePath, nearest, roundUp } from '../../../../webview/shared/scale';

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

const box = { from: 0, to: 100, top: 10, width: 1000, height: 100 };

test('a line goes from point to point, upside down as the screen is', () => {
  expect(linePath([0, 50, 100], [0, 10, 5], box)).toBe('M0.0 100.0h0L500.0 0.0L1000.0 50.0');
});

test('a line is interrupted where there is no value, and a value alone is a dot', () => {
  expect(linePath([0, 10, 20, 30, 40], [1, 1, null, 1, null], box)).toBe(
    'M0.0 90.0h0L100.0 90.0M300.0 90.0h0',
  );
});

test('what was before the frame is not drawn', () => {
  expect(linePath([-10, 10, 20], [1, 1, 1], box)).toBe('M100.0 90.0h0L200.0 90.0');
});

test('the nearest time is one that has a value', () => {
  const times = [0, 10, 20];
  expect(nearest([times, [1, null, 3]], 9)).toBe(0);
  expect(nearest([times, [1, null, 3], [null, 5, null]], 9)).toBe(1);
  expect(nearest([times, [null, null, null]], 0)).toBeUndefined();
});
