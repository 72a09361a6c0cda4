import { describe, expect, test } from 'vitest';
import { questionOf } from '../../../../src/engine/registry/question';

describe('who is asked about what is typed', () => {
  test.each([
    ['ngi', { kind: 'names', host: 'docker.io', path: 'ngi' }],
    ['alp', { kind: 'names', host: 'docker.io', path: 'alp' }],
    ['bitnami/red', { kind: 'names', host: 'docker.io', path: 'bitnami/red' }],
    ['nginx:', { kind: 'tags', host: 'docker.io', path: 'library/nginx', before: 'nginx:', begun: '' }],
    ['node:2', { kind: 'tags', host: 'docker.io', path: 'library/node', before: 'node:', begun: '2' }],
    ['node:22', { kind: 'tags', host: 'docker.io', path: 'library/node', before: 'node:', begun: '22' }],
    ['me/app:1.', { kind: 'tags', host: 'docker.io', path: 'me/app', before: 'me/app:', begun: '1.' }],
    [
      'bitnami/redis:',
      { kind: 'tags', host: 'docker.io', path: 'bitnami/redis', before: 'bitnami/redis:', begun: '' },
    ],
    [
      'docker.io/node:',
      { kind: 'tags', host: 'docker.io', path: 'library/node', before: 'docker.io/node:', begun: '' },
    ],
    [
      'index.docker.io/bitnami/redis:',
      {
        kind: 'tags',
        host: 'docker.io',
        path: 'bitnami/redis',
        before: 'index.docker.io/bitnami/redis:',
        begun: '',
      },
    ],
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
    [
      'localhost:5000/x:',
      { kind: 'tags', host: 'localhost:5000', path: 'x', before: 'localhost:5000/x:', begun: '' },
    ],
    ['host:5000/x:1', { kind: 'tags', host: 'host:5000', path: 'x', before: 'host:5000/x:', begun: '1' }],
    [
      'registry.corp/team/sub/app:1',
      {
        kind: 'tags',
        host: 'registry.corp',
        path: 'team/sub/app',
        before: 'registry.corp/team/sub/app:',
        begun: '1',
      },
    ],
    ['ghcr.io/a/b:', { kind: 'tags', host: 'ghcr.io', path: 'a/b', before: 'ghcr.io/a/b:', begun: '' }],
  ])('%s', (word, question) => expect(questionOf(word)).toEqual(question));

  test.each(['', 'a', 'ghcr.io', 'ghcr.io/own', 'ghcr.io/a/b', 'localhost', 'localhost:5000', 'localhost:5000/te', 'registry.corp:50', 'registry.corp:5000', 'host:5000', 'x@sha256:', 'A/b', 'Host/x', '../x', 'a b:', '${REGISTRY}/x', '${REGISTRY}/x:', 'a/b/c:1', 'docker.io/a/b/c:1', `${'a'.repeat(300)}:`])('nobody about %j', (word) => expect(questionOf(word)).toBeUndefined()); // prettier-ignore

  test('Docker Hub is never asked about what is another’s', () => {
    for (const word of ['ghcr.io/a/b:', 'localhost:5000/a:', 'registry.corp/x:', 'host:5000/x:1'])
      expect(questionOf(word)?.host).not.toBe('docker.io');
  });
});
