import { describe, expect, test } from 'vitest';
import {
  base,
  clean,
  hostPath,
  keepEnding,
  meansContents,
  meansDirectory,
  splitEntry,
} from '../../../../src/engine/files/cleanPath';

test.each([
  ['', '.'],
  ['/', '/'],
  ['a//b/./c/..', 'a/b'],
  ['/../a/', '/a'],
  ['../a/', '../a'],
  ['./', '.'],
])('clean(%j) is %j', (path, cleaned) => expect(clean(path)).toBe(cleaned));

test.each([
  ['/', '/'],
  ['//', '/'],
  ['', '.'],
  ['a/', 'a'],
  ['/a/.', '.'],
  ['/a/./', '.'],
  ['/a/..', '..'],
])('base(%j) is %j', (path, name) => expect(base(path)).toBe(name));

test.each([
  ['/a/b', '/a', 'b'],
  ['/a/b/', '/a', 'b'],
  ['/a/b/.', '/a/b', '.'],
  ['/', '/', '/'],
  ['/a', '/', 'a'],
  ['a', '.', 'a'],
  ['.', '.', '.'],
  ['/a/../b', '/', 'b'],
])('splitEntry(%j) is %j and %j', (path, directory, name) =>
  expect(splitEntry(path)).toEqual({ directory, name }),
);

test('what a path means stands at its end', () => {
  expect(['a', 'a/', 'a/.', '.', './', '/'].map(meansDirectory)).toEqual([
    false,
    true,
    true,
    true,
    true,
    true,
  ]);
  expect(['a', 'a/', 'a/.', '.', '..', '/'].map(meansContents)).toEqual([
    false,
    false,
    true,
    true,
    false,
    false,
  ]);
});

test.each([
  ['/a', 'x/', '/a/'],
  ['/a', 'x/.', '/a/.'],
  ['/a', 'x', '/a'],
  ['/', './', '/./'],
  ['/', '/', '/'],
  ['/a/.', '/a/.', '/a/.'],
])('keepEnding(%j, %j) is %j', (cleaned, original, kept) => expect(keepEnding(cleaned, original)).toBe(kept));

describe('hostPath', () => {
  test('is absolute and keeps the ending', () => {
    expect(hostPath('/x/../a/', 'linux')).toBe('/a/');
    expect(hostPath('b/.', 'linux')).toBe(`${process.cwd()}/b/.`);
  });

  test('has forward slashes on Windows', () => {
    expect(hostPath('C:\\a\\b\\', 'win32')).toBe('C:/a/b/');
    expect(hostPath('C:\\a\\.', 'win32')).toBe('C:/a/.');
  });
});
