import { expect, test } from 'vitest';
import { readTree, type Listing } from '../../../../src/engine/files/archiveTree';
import { archiveOf } from '../../../../src/engine/streams/tar/writer';

const ALL = { bytes: Infinity, names: Infinity };
const mode = 0o755;

async function* source(bytes: Buffer): AsyncGenerator<Buffer> {
  await Promise.resolve();
  for (let at = 0; at < bytes.length; at += 1000) yield bytes.subarray(at, at + 1000);
}

const TREE = archiveOf([
  { name: 'etc/', type: 'directory', mode },
  {
    name: 'etc/a',
    type: 'file',
    mode: 0o640,
    uid: 3,
    gid: 4,
    mtime: 1_600_000_000,
    data: Buffer.alloc(2000),
  },
  { name: 'etc/b/', type: 'directory', mode },
  { name: 'etc/b/c', type: 'symlink', mode: 0o777, linkname: '../a' },
  { name: 'etc/b/d', type: 'link', mode, linkname: 'etc/a' },
  { name: 'etc/e/', type: 'directory', mode },
]);

const names = (tree: ReadonlyMap<string, Listing>): unknown =>
  Object.fromEntries(
    [...tree].map(([at, { files, truncated }]) => [at, [files.map(({ name }) => name), truncated]]),
  );

test('every directory of an archive is a listing', async () => {
  const tree = await readTree(source(TREE), ALL);
  expect(names(tree)).toEqual({ '': [['a', 'b', 'e'], false], b: [['c', 'd'], false], e: [[], false] });
  expect(tree.get('')?.files[0]).toEqual({
    name: 'a',
    type: 'file',
    size: 2000,
    mode: 0o640,
    uid: 3,
    gid: 4,
    mtime: 1_600_000_000_000,
    linkTarget: '',
  });
  expect(tree.get('b')?.files).toMatchObject([
    { type: 'symlink', linkTarget: '../a' },
    { type: 'file', size: 0 },
  ]);
});

test('the root of a container has no name of its own', async () => {
  const root = archiveOf([
    { name: '/', type: 'directory', mode },
    { name: '/bin/', type: 'directory', mode },
    { name: '/bin/sh', type: 'file', mode },
  ]);
  expect(names(await readTree(source(root), ALL))).toEqual({ '': [['bin'], false], bin: [['sh'], false] });
});

test('a limit says of each directory whether it is complete, and destroys the source', async () => {
  let closed = false;
  const watched = (async function* () {
    try {
      yield* source(TREE);
    } finally {
      closed = true;
    }
  })();
  expect(names(await readTree(watched, { ...ALL, names: 4 }))).toEqual({
    '': [['a', 'b'], true],
    b: [['c'], true],
  });
  expect(closed).toBe(true);
  expect(names(await readTree(source(TREE), { ...ALL, names: 6 }))).toMatchObject({ b: [['c', 'd'], false] });
  expect(names(await readTree(source(TREE), { ...ALL, bytes: 1000 }))).toEqual({ '': [['a'], true] });
});
