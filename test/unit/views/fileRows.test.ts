import { describe, expect, test } from 'vitest';
import type { ListedFile } from '../../../src/engine/files/listing';
import type { FileType } from '../../../src/engine/files/pathStat';
import { fileRows, modeText } from '../../../src/views/files/fileRows';

function listed(name: string, type: FileType = 'file', more: Partial<ListedFile> = {}): ListedFile {
  return { name, type, size: 1, mode: 0o644, uid: 0, gid: 0, mtime: 0, linkTarget: '', ...more };
}

test('directories first, links as what they lead to, numbers as numbers', () => {
  const files = [
    listed('b10'),
    listed('b9'),
    listed('pipe', 'fifo'),
    listed('to-file', 'symlink'),
    listed('lost', 'symlink'),
    listed('to-dir', 'symlink'),
    listed('sub', 'directory'),
  ];
  const targets = new Map<string, FileType>([
    ['to-file', 'file'],
    ['to-dir', 'directory'],
  ]);
  expect(fileRows('/w', files, targets, new Map()).map(({ path, as }) => [path, as])).toEqual([
    ['/w/sub', 'directory'],
    ['/w/to-dir', 'directory'],
    ['/w/b9', 'file'],
    ['/w/b10', 'file'],
    ['/w/lost', 'special'],
    ['/w/pipe', 'special'],
    ['/w/to-file', 'file'],
  ]);
});

test('what changed is told, and what was deleted stands where it was', () => {
  const changes = new Map([
    ['/w', 'C'],
    ['/w/new', 'A'],
    ['/w/old', 'D'],
    ['/w/back', 'D'],
    ['/w/sub/deep', 'D'],
  ] as const);
  const rows = fileRows('/w', [listed('new'), listed('back'), listed('same')], new Map(), changes);
  expect(rows.map(({ name, as, change }) => [name, as, change])).toEqual([
    ['back', 'file', 'D'],
    ['new', 'file', 'A'],
    ['old', 'deleted', 'D'],
    ['same', 'file', undefined],
  ]);
  expect(fileRows('/', [], new Map(), new Map([['/etc', 'D' as const]])).map(({ path }) => path)).toEqual([
    '/etc',
  ]);
});

describe('permissions as ls writes them', () => {
  test.each([
    ['file', 0o644, '-rw-r--r--'],
    ['directory', 0o1777, 'drwxrwxrwt'],
    ['directory', 0o2750, 'drwxr-s---'],
    ['file', 0o4755, '-rwsr-xr-x'],
    ['file', 0o4644, '-rwSr--r--'],
    ['directory', 0o1776, 'drwxrwxrwT'],
    ['character', 0o600, 'crw-------'],
    ['unknown', 0, '----------'],
  ] as const)('%s %d', (type, mode, text) => {
    expect(modeText(type, mode)).toBe(text);
  });
});
