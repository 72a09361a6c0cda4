import { describe, expect, test } from 'vitest';
import { compareFiles } from '../../../../src/engine/lens/compare';
import { efficiencyOf } from '../../../../src/engine/lens/efficiency';
import type { LayerFiles } from '../../../../src/engine/lens/layerFiles';
import { certainOwners, layersOfRows } from '../../../../src/engine/lens/layerRows';
import { Paths } from '../../../../src/engine/lens/paths';
import { FileState } from '../../../../src/engine/lens/state';
import type { FileTree } from '../../../../src/engine/lens/shapes';
import { MARKS, treeOf } from '../../../../src/engine/lens/tree';
import { imageOf, layer, legacy } from './layouts';

interface Stack {
  readonly paths: Paths;
  readonly files: readonly (LayerFiles | undefined)[];
}

async function stack(paths: Paths, ...layers: readonly Readonly<Record<string, string>>[]): Promise<Stack> {
  const image = await imageOf(legacy(layers.map(layer)), { paths });
  return {
    paths,
    files: image.layers.map(({ content }) => ('files' in content ? content.files : undefined)),
  };
}

/** A line for each row: as deep as it stands, its mark, name and size. */
function drawn({ names, depths, marks, sizes }: FileTree): string[] {
  if (depths.length === 0) return [];
  return names
    .split('/')
    .map((name, row) => `${'  '.repeat(depths[row] ?? 0)}${SIGNS[marks[row] ?? 0]} ${name} ${sizes[row]}`);
}
const SIGNS = ['=', 'A', 'C', 'D'];

function tree({ paths, files }: Stack, upTo: number, onlyChanges = false): string[] {
  return drawn(
    treeOf(new FileState(paths, files, upTo), new FileState(paths, files, upTo + 1), { onlyChanges }),
  );
}

describe('the tree of a layer', () => {
  const LAYERS: Readonly<Record<string, string>>[] = [
    {
      'etc/': '',
      'etc/keep': '1234',
      'etc/change': '12',
      'etc/drop': '123',
      'old/deep/a': 'aa',
      'old/deep/b': 'b',
    },
    { 'etc/.wh.drop': '', 'etc/change': '12345', 'new/file': 'n', '.wh.old': '' },
  ];

  test('says what was added, changed and removed, and what lies below', async () => {
    const files = await stack(new Paths(), ...LAYERS);
    expect(tree(files, 0)).toEqual([
      'A etc 9',
      '  A change 2',
      '  A drop 3',
      '  A keep 4',
      'A old 3',
      '  A deep 3',
      '    A a 2',
      '    A b 1',
    ]);
    expect(tree(files, 1)).toEqual([
      '= etc 9',
      '  C change 5',
      '  D drop 3',
      '  = keep 4',
      'A new 1',
      '  A file 1',
      'D old 3',
      '  D deep 3',
      '    D a 2',
      '    D b 1',
    ]);
    expect(tree(files, 1, true)).toEqual([
      '= etc 5',
      '  C change 5',
      '  D drop 3',
      'A new 1',
      '  A file 1',
      'D old 3',
      '  D deep 3',
      '    D a 2',
      '    D b 1',
    ]);
  });

  test('an opaque directory hides what is below, not what comes with it, wherever its mark stands', async () => {
    const files = await stack(
      new Paths(),
      { 'dir/one': '1', 'dir/sub/two': '2' },
      { 'dir/three': '3', 'dir/.wh..wh..opq': '', 'dir/one': '11' },
    );
    expect(tree(files, 1)).toEqual(['= dir 3', '  C one 2', '  D sub 1', '    D two 1', '  A three 1']);
  });

  test('a file in the place of a directory takes away what was in it, and the other way round', async () => {
    const files = await stack(new Paths(), { 'x/a': 'aaa', y: 'yy' }, { x: 'file', 'y/b': 'b' });
    expect(tree(files, 1)).toEqual(['C x 4', '  D a 3', 'C y 1', '  A b 1']);
  });

  test('what is taken away and put back in one layer is changed', async () => {
    const files = await stack(new Paths(), { a: '1' }, { '.wh.a': '', a: '22' });
    expect(tree(files, 1)).toEqual(['C a 2']);
  });

  test('a layer that cannot be read changes nothing', async () => {
    const { paths, files } = await stack(new Paths(), { a: '1' }, { b: '2' }, { c: '3' });
    expect(tree({ paths, files: [files[0], undefined, files[2]] }, 2)).toEqual(['= a 1', 'A c 1']);
    expect(tree({ paths, files: [undefined, files[1]] }, 1)).toEqual(['A b 1']);
  });

  test('is deeper than calls can be', async () => {
    const paths = new Paths();
    const name = 'd/'.repeat(20_000);
    const bytes = await stack(paths, { short: 's' }, { short: 's' });
    const [files] = bytes.files;
    files?.add(paths.of(`${name}leaf`), entry(5), 0);
    const state = new FileState(paths, bytes.files);
    const found = treeOf(new FileState(paths, bytes.files, 0), state);
    expect(found.depths.at(-2)).toBe(20_000);
    expect(found.sizes[0]).toBe(5);
  });
});

const entry = (size: number) =>
  ({
    name: '',
    type: 'file',
    size,
    mode: 0o644,
    uid: 0,
    gid: 0,
    mtime: 0,
    linkname: '',
    devmajor: 0,
    devminor: 0,
  }) as const;

describe('efficiency', () => {
  test('is 1 when every file is there once', async () => {
    const { paths, files } = await stack(new Paths(), { a: '1234', 'd/': '' }, { b: '12', 'd/': '' });
    expect(efficiencyOf(paths, files)).toEqual({ score: 1, wasted: 0, hidden: 0, bytes: 6, paths: [] });
  });

  test('of nothing is 1', () => {
    expect(efficiencyOf(new Paths(), [])).toMatchObject({ score: 1, wasted: 0 });
  });

  test('counts as dive does: the smallest of each path against all of it', async () => {
    const { paths, files } = await stack(
      new Paths(),
      { once: '0123456789', twice: '012345678', gone: '0123456' },
      { twice: '012' },
      { '.wh.gone': '' },
    );
    // once 10 of 10, twice 3 of 12, gone 0 of 7.
    expect(efficiencyOf(paths, files)).toEqual({
      score: 13 / 29,
      wasted: 19,
      hidden: 16,
      bytes: 29,
      paths: [
        { path: '/twice', times: 2, layer: 1, bytes: 12, hidden: 9 },
        { path: '/gone', times: 2, layer: 2, bytes: 7, hidden: 7 },
      ],
    });
  });

  test('a file in whose place a directory came is wasted', async () => {
    const { paths, files } = await stack(
      new Paths(),
      { f: '55555', g: '666666' },
      { 'f/': '', 'g/inside': 'i' },
    );
    const found = efficiencyOf(paths, files).paths.map(({ path, hidden }) => `${path} ${hidden}`);
    expect(found).toEqual(['/g 6', '/f 5']);
  });

  test('a directory that was taken away, opaque or replaced is as many wasted files', async () => {
    const { paths, files } = await stack(
      new Paths(),
      { 'a/x': '1', 'a/b/y': '22', 'c/z': '333', 'e/v': '4444' },
      { '.wh.a': '', 'c/.wh..wh..opq': '', e: '' },
    );
    const found = efficiencyOf(paths, files);
    expect(found.paths.map(({ path, hidden }) => `${path} ${hidden}`)).toEqual([
      '/e/v 4',
      '/c/z 3',
      '/a/b/y 2',
      '/a/x 1',
    ]);
    expect(found).toMatchObject({ score: 0, wasted: 10, hidden: 10 });
  });
});

describe('which instruction made which layer', () => {
  const row = (createdBy: string, size = 0) => ({ createdBy, size });
  const rows = [
    row('/bin/sh -c #(nop) ADD file:1 in / ', 10),
    row('/bin/sh -c #(nop)  CMD ["sh"]'),
    row('RUN /bin/sh -c true # buildkit'),
    row('|1 A=1 /bin/bash -o pipefail -c echo', 5),
    row('ENV A=1'),
    row('WORKDIR /app'),
  ];

  test('is certain when as many can have made one as there are layers', () => {
    expect(layersOfRows(rows, 4)).toEqual([0, undefined, 1, 2, undefined, 3]);
    expect(layersOfRows(rows, 2)).toEqual([0, undefined, undefined, 1, undefined, undefined]);
    expect(certainOwners(rows, 3)).toBeUndefined();
  });

  test('is what the configuration says, where that is known', () => {
    const empty = [false, true, false, false, true, true];
    expect(layersOfRows(rows, 3, empty)).toEqual([0, undefined, 1, 2, undefined, undefined]);
    // It speaks of another number of layers.
    expect(layersOfRows(rows, 4, empty)).toEqual([0, undefined, 1, 2, undefined, 3]);
  });

  test('never gives a layer that is not there', () => {
    expect(layersOfRows(rows, 1)).toEqual([0, undefined, undefined, undefined, undefined, undefined]);
  });
});

test('two images are compared by what is in their files', async () => {
  const paths = new Paths();
  const before = await imageOf(
    legacy([layer({ same: 'same', other: 'aaaa', gone: 'g', 'd/': '', link: '->same' })]),
    { paths },
  );
  const after = await imageOf(
    legacy([layer({ 'd/': '' }), layer({ same: 'same', other: 'bbbb', link: '->other', 'd/new': 'new' })]),
    { paths },
  );
  const withFiles = ({ layers, ...image }: typeof before) => ({
    ...image,
    layers,
    files: layers.map(({ content }) => ('files' in content ? content.files : undefined)),
  });
  const found = compareFiles(paths, withFiles(before), withFiles(after));
  expect(drawn(found)).toEqual(['= d 3', '  A new 3', 'D gone 1', 'C link 0', 'C other 4']);
  expect(MARKS.map((mark) => found.counts[mark])).toEqual([0, 1, 2, 1]);
});
