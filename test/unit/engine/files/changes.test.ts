import { expect, test } from 'vitest';
import { parseChanges } from '../../../../src/engine/files/changes';

test('the kinds are those of docker diff', () => {
  expect(
    parseChanges([
      { Path: '/etc', Kind: 0 },
      { Path: '/etc/new', Kind: 1 },
      { Path: '/etc/gone', Kind: 2 },
    ]),
  ).toEqual([
    { kind: 'C', path: '/etc' },
    { kind: 'A', path: '/etc/new' },
    { kind: 'D', path: '/etc/gone' },
  ]);
});

test('nothing changed, or nothing that can be read', () => {
  for (const answer of [null, undefined, [], {}, [null, 7, { Kind: 9, Path: '/x' }]])
    expect(parseChanges(answer)).toEqual([]);
});
