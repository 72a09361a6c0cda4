import { expect, test } from 'vitest';
import { wordsOf } from '../../../../src/commands/registries/pullWords';

test('names are divided by blanks and commas; the last is being typed', () => {
  expect(wordsOf('nginx:1, redis al')).toEqual({ done: ['nginx:1', 'redis'], last: 'al' });
  expect(wordsOf('nginx ')).toEqual({ done: ['nginx'], last: '' });
  expect(wordsOf('')).toEqual({ done: [], last: '' });
});
