import { describe, expect, test } from 'vitest';
import { layersFrom } from '../../../../src/engine/cleanup/collect';
import type { DiskItem, DiskLayer, DiskState, KeepRules } from '../../../../src/engine/cleanup/items';
import { blocked, CAUTIOUS, freedBytes, propose, victimsOf } from '../../../../src/engine/cleanup/plan';
import { childrenFirst } from '../../../../src/engine/prune';

const NOW = Date.UTC(2026, 10, 25);
const HOUR = 3_600_000;
const sum = { count: 0, active: 0, size: 0, reclaimable: 0 };

function item(kind: DiskItem['kind'], id: string, given: Partial<DiskItem> = {}): DiskItem {
  const key = `${kind}/${id}`;
  const nothing = { size: 0, shared: 0, time: NOW - 48 * HOUR, labels: {}, tags: [], anonymous: false };
  return { key, kind, id, name: id, ...nothing, busy: false, users: [], ...given };
}

function state(items: DiskItem[], layers: Record<string, [string, number][]> = {}): DiskState {
  const toLayer = ([chain, size]: [string, number]): DiskLayer => ({ chain, size });
  return {
    items,
    layers: new Map(Object.entries(layers).map(([id, all]) => [`images/${id}`, all.map(toLayer)])),
    sums: { containers: sum, images: sum, volumes: sum, buildCache: sum },
  };
}

const ticks = (items: DiskItem[], rules: Partial<KeepRules>): string[] => [
  ...propose(state(items), { ...CAUTIOUS, ...rules }, NOW).ticked,
];

describe('what is freed', () => {
  const shared = state(
    [
      item('images', 'a', { size: 110, shared: 100 }),
      item('images', 'b', { size: 120, shared: 100 }),
      item('images', 'c', { size: 7 }),
      item('volumes', 'v', { size: 50 }),
      item('volumes', 'unknown', { size: -1 }),
      item('buildCache', 'k', { size: 30 }),
      item('buildCache', 'l', { size: 20, shared: 20 }),
    ],
    {
      a: [
        ['base', 100],
        ['base a', 10],
      ],
      b: [
        ['base', 100],
        ['base b', 20],
      ],
    },
  );

  test.each<[string[], number]>([
    [[], 0],
    [['images/a'], 10],
    [['images/c'], 7],
    [['volumes/v', 'volumes/unknown'], 50],
    [['buildCache/k'], 30],
    // The layer of 20 bytes stays with the cache, until that goes too.
    [['images/b'], 0],
    [['images/b', 'buildCache/l'], 20],
    [['images/a', 'images/b', 'buildCache/l'], 130],
  ])('%j', (keys, bytes) => {
    expect(freedBytes(shared, new Set(keys))).toBe(bytes);
  });

  test('layers belong to the instructions that made one', () => {
    const rows = [
      { size: 100, createdBy: '/bin/sh -c #(nop) ADD file:1 in /' },
      { size: 0, createdBy: '/bin/sh -c #(nop)  CMD ["sh"]' },
      { size: 0, createdBy: '/bin/sh -c true' },
      { size: 5, createdBy: 'COPY a /a # buildkit' },
    ];
    const chains = layersFrom(['1', '2', '3'], rows);
    expect(chains).toEqual([
      { chain: '1', size: 100 },
      { chain: '1 2', size: 0 },
      { chain: '1 2 3', size: 5 },
    ]);
    expect(layersFrom(['1', '3'], rows)?.map(({ size }) => size)).toEqual([100, 5]);
    expect(layersFrom(['1', '2', '3', '4'], rows)).toBeUndefined();
  });
});

describe('what no rule keeps', () => {
  const container = item('containers', 'stopped', { labels: { keep: 'yes' } });
  const used = item('images', 'used', { users: [container.key] });
  const all = [
    item('containers', 'running', { busy: true }),
    container,
    used,
    item('images', 'dangling'),
    item('images', 'web1', { tags: ['reg:5000/web:1'], time: NOW - 9 * HOUR }),
    item('images', 'web2', { tags: ['reg:5000/web:2', 'reg:5000/web:latest'], time: NOW - HOUR }),
    item('volumes', 'named'),
    item('volumes', 'anonymous', { anonymous: true }),
    item('buildCache', 'cache'),
  ];

  test.each<[Partial<KeepRules>, string[]]>([
    [{}, ['containers/stopped', 'images/dangling', 'volumes/anonymous', 'buildCache/cache']],
    [
      { inUse: false },
      ['containers/stopped', 'images/used', 'images/dangling', 'volumes/anonymous', 'buildCache/cache'],
    ],
    [{ inUse: false, labels: ['keep'] }, ['images/dangling', 'volumes/anonymous', 'buildCache/cache']],
    [
      { labels: ['keep=no'] },
      ['containers/stopped', 'images/dangling', 'volumes/anonymous', 'buildCache/cache'],
    ],
    [{ newerThan: 49 * 3600, named: false }, []],
    [
      { tagged: false, newestTags: 1 },
      ['containers/stopped', 'images/dangling', 'images/web1', 'volumes/anonymous', 'buildCache/cache'],
    ],
    [
      { tagged: false, newerThan: 2 * 3600 },
      ['containers/stopped', 'images/dangling', 'images/web1', 'volumes/anonymous', 'buildCache/cache'],
    ],
    [
      { named: false },
      ['containers/stopped', 'images/dangling', 'volumes/named', 'volumes/anonymous', 'buildCache/cache'],
    ],
  ])('%j', (rules, keys) => {
    expect(ticks(all, rules)).toEqual(keys);
  });

  test('what has no known age may be young', () => {
    expect(ticks([item('volumes', 'v', { time: 0, anonymous: true })], { newerThan: 60 })).toEqual([]);
  });

  test('each says why it stays', () => {
    const { kept } = propose(state(all), { ...CAUTIOUS, newestTags: 1 }, NOW);
    expect(Object.fromEntries(kept)).toEqual({
      'containers/running': 'busy',
      'images/used': 'inUse',
      'images/web1': 'tagged',
      'images/web2': 'tagged',
      'volumes/named': 'named',
    });
  });

  test('only of the kinds that are meant', () => {
    const { ticked } = propose(state(all), CAUTIOUS, NOW, new Set(['volumes']));
    expect([...ticked]).toEqual(['volumes/anonymous']);
  });

  test('what a container uses can go with it, and not before', () => {
    expect(blocked(state(all), new Set()).get(used.key)).toEqual([container.key]);
    expect(blocked(state(all), new Set([container.key])).has(used.key)).toBe(false);
    expect(blocked(state(all), new Set()).get('containers/running')).toEqual([]);
  });
});

test('containers go first, and an image before those it was built on', () => {
  const built = state([item('images', 'base'), item('images', 'child'), item('containers', 'c')], {
    base: [['1', 1]],
    child: [
      ['1', 1],
      ['1 2', 1],
    ],
  });
  const order = victimsOf(built, new Set(['images/base', 'images/child', 'containers/c'])).map(
    ({ id }) => id,
  );
  expect(order).toEqual(['c', 'child', 'base']);
});

test('of the build cache nothing goes before what was made on top of it', () => {
  const caches = [
    { id: 'a', parents: [] },
    { id: 'b', parents: ['a'] },
    { id: 'c', parents: ['b', 'gone'] },
    { id: 'loop', parents: ['loop'] },
  ];
  expect(
    childrenFirst(caches)
      .map(({ id }) => id)
      .slice(0, 2),
  ).toEqual(['c', 'b']);
});
