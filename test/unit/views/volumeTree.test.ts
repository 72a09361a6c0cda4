import { describe, expect, test } from 'vitest';
import type { Container, Mount, Volume } from '../../../src/engine/model/types';
import { parseFilter } from '../../../src/views/filter';
import { nodeId } from '../../../src/views/nodes';
import type { Tree } from '../../../src/views/rows';
import { volumeTree, type VolumeTreeOptions } from '../../../src/views/volumeTree';
import { CONNECTED, container, HOUR, names, NOW, volume } from './samples';

const mount = (source: string, destination = '/data', writable = true): Mount => ({
  type: 'volume',
  source,
  destination,
  writable,
});

function tree(
  volumes: readonly Volume[],
  containers: readonly Container[] = [],
  { sizes = new Map(), ...options }: Partial<VolumeTreeOptions> & { sizes?: Map<string, number> } = {},
): Tree {
  const source = { engine: 'default', state: CONNECTED, volumes, containers, sizes };
  return volumeTree([source], { groupBy: 'compose', filter: [], now: NOW, ...options });
}

const SHOP = { 'com.docker.compose.project': 'shop' };
const ALL = [
  volume({ name: 'f'.repeat(64), anonymous: true }),
  volume({ name: 'data-10' }),
  volume({ name: 'data-2' }),
  volume({ name: 'shop_db', labels: SHOP }),
];
const DB = container({
  name: 'shop-db-1',
  state: 'exited',
  mounts: [
    mount('shop_db', '/var/lib'),
    mount('shop_db', '/backup', false),
    { ...mount('data-2'), type: 'bind' },
  ],
});
const WEB = container({ name: 'web', mounts: [mount('data-10', '/srv', false)] });

describe('the Volumes tree', () => {
  test('projects first, the anonymous last, containers under what they use, whether or not they run', () => {
    expect(names(tree(ALL, [WEB, DB]).branches)).toEqual([
      ['shop 1', [['shop_db', ['shop-db-1 /var/lib, /backup']]]],
      [
        'others',
        [
          ['data-2', []],
          ['data-10', ['web /srv']],
          ['f'.repeat(64), []],
        ],
      ],
    ]);
    expect(names(tree(ALL, [], { groupBy: 'none' }).branches).map(([name]) => name)).toEqual([
      'data-2',
      'data-10',
      'shop_db',
      'f'.repeat(64),
    ]);
  });

  test('read-only is what can write nowhere', () => {
    const branches = tree(ALL, [WEB, DB], { groupBy: 'none' }).branches;
    const under = branches.flatMap(({ children = [] }) => children.map(({ row }) => row));
    expect(under).toMatchObject([
      { name: 'web', readOnly: true },
      { name: 'shop-db-1', readOnly: false },
    ]);
  });

  test('a size is shown where it was asked for and is known', () => {
    const sizes = new Map([
      ['data-2', 0],
      ['data-10', -1],
    ]);
    const rows = tree(ALL, [], { groupBy: 'none', sizes }).branches.map(({ row }) => row);
    expect(rows[0]).toMatchObject({ name: 'data-2', size: 0 });
    expect(rows[1]).not.toHaveProperty('size');
    expect(rows[2]).not.toHaveProperty('size');
  });

  test('an age where the driver tells of one, and when to look again', () => {
    const { branches, holds } = tree([volume({ created: 0 }), volume({ created: NOW - HOUR })]);
    expect(branches.map(({ row }) => row.kind === 'volume' && row.age?.unit)).toEqual([undefined, 'hour']);
    expect(holds).toBeLessThan(HOUR);
    expect(tree([volume({ created: 0 })]).holds).toBe(Infinity);
  });

  test.each([
    ['data', ['data-2', 'data-10']],
    ['web', ['data-10']],
    ['state:exited', ['shop_db']],
    ['project:shop', ['shop_db']],
    ['-project:shop -name:data', ['f'.repeat(64)]],
    ['label:com.docker.compose.project=shop', ['shop_db']],
  ])('filter %s', (filter, shown) => {
    const { branches } = tree(ALL, [WEB, DB], { groupBy: 'none', filter: parseFilter(filter) });
    expect(names(branches).map(([name]) => name)).toEqual(shown);
  });

  test('a container under two volumes is two rows', () => {
    const both = container({ mounts: [mount('data-2'), mount('data-10')] });
    const { branches } = tree(ALL, [both], { groupBy: 'none' });
    const ids = branches.flatMap(({ children = [] }) => children.map(({ node }) => nodeId(node)));
    expect(new Set(ids).size).toBe(2);
  });
});
