import { describe, expect, test } from 'vitest';
import { isForHub, questionOf, wordsOf } from '../../../../src/commands/registries/pullWords';

test('names are divided by blanks and commas; the last is being typed', () => {
  expect(wordsOf('nginx:1, redis al')).toEqual({ done: ['nginx:1', 'redis'], last: 'al' });
  expect(wordsOf('nginx ')).toEqual({ done: ['nginx'], last: '' });
  expect(wordsOf('')).toEqual({ done: [], last: '' });
});

describe('who is asked about what is typed', () => {
  test.each([
    ['ngi', { kind: 'names', typed: 'ngi' }],
    ['bitnami/red', { kind: 'names', typed: 'bitnami/red' }],
    ['nginx:', { kind: 'tags', host: 'docker.io', path: 'library/nginx', before: 'nginx:', begun: '' }],
    ['me/app:1.', { kind: 'tags', host: 'docker.io', path: 'me/app', before: 'me/app:', begun: '1.' }],
    [
      'localhost:5000/team/app:1',
      {
        kind: 'tags',
        host: 'localhost:5000',
        path: 'team/app',
        before: 'localhost:5000/team/app:',
        begun: '1',
      },
    ],
    ['ghcr.io/a/b:', { kind: 'tags', host: 'ghcr.io', path: 'a/b', before: 'ghcr.io/a/b:', begun: '' }],
  ])('%s', (word, question) => expect(questionOf(word)).toEqual(question));

  test.each(['', 'a', 'ghcr.io', 'ghcr.io/own', 'localhost', 'localhost:5000', 'localhost:5000/te', 'registry.corp:50',
    'x@sha256:', 'A/b', 'Host/x', '../x', 'a b:'])('nobody about %j', (word) => expect(questionOf(word)).toBeUndefined()); // prettier-ignore

  test('Docker Hub is never asked about what is another’s', () => {
    for (const word of ['ghcr.io/a/b:', 'localhost:5000/a:', 'registry.corp/x:', 'host:5000/x:1']) {
      const question = questionOf(word);
      expect(question && isForHub(question)).not.toBe(true);
    }
  });
});
