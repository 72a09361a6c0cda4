import { describe, expect, test } from 'vitest';
import { questionOf, remoteItems } from '../../../../src/dockerfile/completion/images';
import { entryItems } from '../../../../src/dockerfile/completion/paths';

const span = { start: 0, end: 0 };

describe('what Docker Hub is asked', () => {
  test.each([
    ['alp', { kind: 'names', name: 'alp' }],
    ['bitnami/red', { kind: 'names', name: 'bitnami/red' }],
    ['node:2', { kind: 'tags', name: 'library/node' }],
    ['bitnami/redis:', { kind: 'tags', name: 'bitnami/redis' }],
  ])('%s', (text, question) => expect(questionOf(text)).toEqual(question));

  test.each([
    'localhost:5000/x:', 'localhost', 'ghcr.io/a/b', 'ghcr.io', 'registry.corp:5000', 'host:5000/x:1', 'a', '',
    'x@sha256:', '${REGISTRY}/x', 'a/b/c:1',
  ])('nothing for %j', (text) => expect(questionOf(text)).toBeUndefined()); // prettier-ignore

  test('what the engine has is not offered twice', () => {
    const want = { kind: 'images', span, text: 'alpine:3' } as const;
    const local = [{ reference: 'alpine:3', detail: '', created: 0 }];
    const items = remoteItems(want, { names: [], tags: ['3', '3.20'] }, local);
    expect(items.map(({ label }) => label)).toEqual(['alpine:3.20']);
  });
});

describe('sources in the context', () => {
  const entries = [
    { name: 'src', folder: true },
    { name: 'dist', folder: true },
    { name: 'a b', folder: false },
    { name: 'x.log', folder: false },
  ];
  const labels = (text: string, ignore?: string): string[] =>
    entryItems({ kind: 'paths', span, text, rank: 5 }, entries, ignore).map(({ label }) => label);

  test('what is ignored is none', () => {
    expect(labels('')).toEqual(['src/', 'dist/', 'x.log']);
    expect(labels('', 'dist\n*.log')).toEqual(['src/']);
    expect(labels('lib/', 'lib/*.log\nlib/dist')).toEqual(['src/']);
    expect(labels('', 'dist\n!dist/a')).toContain('dist/');
  });

  test('nothing outside of the context', () => expect(labels('../')).toEqual([]));
});
