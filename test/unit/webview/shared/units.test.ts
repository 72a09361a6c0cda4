import { expect, test } from 'vitest';
import { binarySize, decimalSize, percent, rate } from '../../../../webview/shared/units';

test.each([
  [0, '0B'],
  [1023, '1023B'],
  [1024, '1KiB'],
  [1_482_752, '1.414MiB'],
  [67_108_864, '64MiB'],
  [25_275_957_248, '23.54GiB'],
  [2 ** 70, '1024EiB'],
])('%d bytes of memory are %s, as docker stats writes it', (bytes, text) => {
  expect(binarySize(bytes)).toBe(text);
});

test.each([
  [0, '0B'],
  [999, '999B'],
  [1000, '1kB'],
  [1234, '1.23kB'],
  [122_400_000, '122MB'],
  [5_678_000_000, '5.68GB'],
])('%d bytes of traffic are %s, as docker stats writes it', (bytes, text) => {
  expect(decimalSize(bytes)).toBe(text);
});

test('a rate keeps the unit of its bytes', () => {
  expect(rate(1190)).toBe('1.19kB/s');
  expect(rate(60.1666)).toBe('60.2B/s');
});

test('percents have two digits, also above one core', () => {
  expect(percent(0)).toBe('0.00%');
  expect(percent(199.996)).toBe('200.00%');
});
