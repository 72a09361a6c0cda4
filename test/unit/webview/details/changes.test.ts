import { expect, test } from 'vitest';
import { changesTree, type ChangedFile } from '../../../../webview/details/changes';

type Line = [name: string, kind: string, ...inside: Line[]];
const lines = (files: readonly ChangedFile[]): Line[] =>
  files.map(({ name, kind, inside }) => [name, kind ?? '', ...lines(inside)]);

test('paths become a tree, directories first, then in natural order', () => {
  const tree = changesTree([
    { kind: 'C', path: '/etc' },
    { kind: 'A', path: '/etc/10' },
    { kind: 'D', path: '/etc/9' },
    { kind: 'A', path: '/a' },
    { kind: 'A', path: '/var/deep/file' },
  ]);
  expect(lines(tree)).toEqual([
    ['etc', 'C', ['9', 'D'], ['10', 'A']],
    ['var', '', ['deep', '', ['file', 'A']]],
    ['a', 'A'],
  ]);
  expect(tree[1]?.inside[0]?.inside[0]?.path).toBe('/var/deep/file');
});

test('names that mean something to JavaScript are names', () => {
  expect(lines(changesTree([{ kind: 'A', path: '/__proto__/constructor' }]))).toEqual([
    ['__proto__', '', ['constructor', 'A']],
  ]);
});
