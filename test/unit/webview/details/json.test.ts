import { expect, test } from 'vitest';
import { pathText, search } from '../../../../webview/details/json';

const value = { Config: { Env: ['A=1', 'Needle=2'], Labels: { 'a.needle': null } }, needle: { x: true } };

test('names and values are found in the order of the document, whatever their case', () => {
  expect(search(value, 'NEEDLE').map(pathText)).toEqual([
    'Config.Env[1]',
    'Config.Labels["a.needle"]',
    'needle',
  ]);
  expect(search(value, 'true').map(pathText)).toEqual(['needle.x']);
  expect(search(value, '')).toEqual([]);
  expect(search(value, '[')).toEqual([]);
});

test('a search ends when there is enough', () => {
  expect(
    search(
      Array.from({ length: 500 }, () => 'x'),
      'x',
      10,
    ),
  ).toHaveLength(10);
});

test('a path is written as a program would have it', () => {
  expect(pathText(['a', 'b-c', 0, 'd"e', 'f'])).toBe('a["b-c"][0]["d\\"e"].f');
});
