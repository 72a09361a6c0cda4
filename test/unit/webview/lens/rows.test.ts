import { describe, expect, test } from 'vitest';
import type { FileTree, Mark } from '../../../../src/protocol/lens';
import { instructionText } from '../../../../webview/lens/instruction';
import { TreeRows } from '../../../../webview/lens/rows';

const SIGNS = '=ACD';
const ALL: ReadonlySet<Mark> = new Set(['same', 'added', 'changed', 'removed']);

/** A line for each row: its depth in blanks, its mark, its name (a directory's with a slash), its size. */
function tree(...lines: string[]): TreeRows {
  const rows = lines.map((line) => /^( *)(.) (\S+) (\d+)$/.exec(line) ?? []);
  const column = (read: (row: readonly string[]) => number): number[] => rows.map(read);
  const files: FileTree = {
    names: rows.map(([, , , name = '']) => name.replace('/', '')).join('/'),
    depths: Uint32Array.from(column(([, indent = '']) => indent.length)),
    marks: Uint8Array.from(column(([, , sign = '']) => SIGNS.indexOf(sign))),
    types: Uint8Array.from(column(([, , , name = '']) => (name.endsWith('/') ? 1 : 0))),
    sizes: Float64Array.from(column(([, , , , size = '']) => Number(size))),
    before: new Float64Array(rows.length),
    modes: new Uint16Array(rows.length).fill(0o644),
    uids: new Float64Array(rows.length),
    gids: new Float64Array(rows.length),
    layers: new Int32Array(rows.length),
    links: [[0, 'somewhere']],
    counts: { same: 0, added: 0, changed: 0, removed: 0 },
  };
  return new TreeRows(files);
}

const FILES = tree(
  '= etc/ 30',
  ' C Hosts 10',
  ' = conf/ 20',
  '  = one 5',
  '  A two 15',
  'D old/ 3',
  ' D x 3',
  '= z 99',
);

function seen(
  rows: TreeRows,
  {
    text = '',
    marks = ALL,
    open = () => true,
  }: { text?: string; marks?: ReadonlySet<Mark>; open?: (row: number) => boolean },
  order: 'name' | 'size' = 'name',
): string[] {
  return rows.visible({ text, marks }, order, open).map((row) => rows.path(row));
}

describe('the rows of a tree', () => {
  test('are folded and unfolded', () => {
    expect(seen(FILES, { open: () => false })).toEqual(['/etc', '/old', '/z']);
    expect(seen(FILES, { open: (row) => FILES.name(row) === 'etc' })).toEqual([
      '/etc', '/etc/Hosts', '/etc/conf', '/old', '/z',
    ]); // prettier-ignore
  });

  test('are ordered by size within their directory', () => {
    expect(seen(FILES, {}, 'size')).toEqual([
      '/z', '/etc', '/etc/conf', '/etc/conf/two', '/etc/conf/one', '/etc/Hosts', '/old', '/old/x',
    ]); // prettier-ignore
  });

  test('that match a text are found wherever they are, with what is in them', () => {
    const found = (text: string): string[] => seen(FILES, { text, open: () => false });
    expect(found('host')).toEqual(['/etc', '/etc/Hosts']);
    expect(found('CONF')).toEqual(['/etc', '/etc/conf', '/etc/conf/one', '/etc/conf/two']);
    expect(found('conf/t')).toEqual(['/etc', '/etc/conf', '/etc/conf/two']);
    expect(found('nothing')).toEqual([]);
  });

  test('are chosen by what has become of them', () => {
    const marked = (...marks: Mark[]): string[] => seen(FILES, { marks: new Set(marks) });
    expect(marked('added')).toEqual(['/etc', '/etc/conf', '/etc/conf/two']);
    expect(marked('removed')).toEqual(['/old', '/old/x']);
    expect(marked('same')).toEqual(['/etc', '/etc/conf', '/etc/conf/one', '/z']);
    expect(marked()).toEqual([]);
    expect(seen(FILES, { text: 'two', marks: new Set(['same']) })).toEqual([]);
  });

  test('tell of directories what is in them', () => {
    expect([0, 2, 5].map((row) => FILES.holdsChanges(row))).toEqual([true, true, true]);
    expect(tree('= a/ 1', ' = b 1').holdsChanges(0)).toBe(false);
    expect(FILES.link(0)).toBe('somewhere');
  });

  test('say modes as ls does', () => {
    const rows = tree('= d/ 0', ' = f 0', ' = g 0', ' = h 0');
    rows.tree.modes.set([0o1777, 0o4755, 0o2644, 0o640]);
    expect([0, 1, 2, 3].map((row) => rows.mode(row))).toEqual([
      'drwxrwxrwt',
      '-rwsr-xr-x',
      '-rw-r-Sr--',
      '-rw-r-----',
    ]);
  });

  test('can be many', () => {
    const lines = Array.from({ length: 20_000 }, (_, index) =>
      index % 100 === 0 ? `= d${index}/ 1` : ` A f${index} 1`,
    );
    const rows = tree(...lines);
    expect(seen(rows, {})).toHaveLength(20_000);
    expect(seen(rows, { text: 'f19999', open: () => false })).toEqual(['/d19900', '/d19900/f19999']);
  });

  test('can be none', () => {
    expect(seen(tree(), {})).toEqual([]);
  });
});

test.each([
  ['/bin/sh -c #(nop)  CMD ["sh"]', 'CMD ["sh"]'],
  ['/bin/sh -c #(nop) COPY file:12 in /x ', 'COPY file:12 in /x'],
  ['/bin/sh -c apk add curl', 'RUN apk add curl'],
  ['|2 A=1 B=2 /bin/sh -c make all', 'RUN make all'],
  ['RUN |1 V=1 /bin/sh -c apk add   curl # buildkit', 'RUN apk add   curl'],
  ['RUN /bin/bash -o pipefail -c set -e | cat # buildkit', 'RUN set -e | cat'],
  ['COPY x /x # buildkit', 'COPY x /x'],
  ['WORKDIR /app', 'WORKDIR /app'],
  ['CMD ["node" "server.js"]', 'CMD ["node" "server.js"]'],
  ['', ''],
])('%j is said as in a Dockerfile', (createdBy, said) => {
  expect(instructionText(createdBy)).toBe(said);
});
