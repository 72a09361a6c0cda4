import fc from 'fast-check';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../../src/engine/errors';
import { entryPath, nameAllowed } from '../../../../src/engine/files/entryPath';
import { renamed } from '../../../../src/engine/files/rename';

test.each([
  ['a/b', ['a', 'b']],
  ['./a//b/./', ['a', 'b']],
  ['/etc/passwd', ['etc', 'passwd']],
  ['a/../b', ['b']],
  ['/../../a', ['a']],
  ['.', []],
  ['', []],
  ['a\\b', ['a\\b']],
  ['..a/...', ['..a', '...']],
])('%j is %j below the destination', (name, parts) => expect(entryPath(name, 'linux')).toEqual(parts));

test.each(['..', '../a', 'a/../../b', './../x', 'a/b/../../../c'])('%j leads out', (name) => {
  expect(() => entryPath(name, 'linux')).toThrow(EngineError);
});

test('on Windows a backslash divides too', () => {
  expect(entryPath('a\\b', 'win32')).toEqual(['a', 'b']);
  expect(() => entryPath('a\\..\\..\\b', 'win32')).toThrow(EngineError);
});

test('no name leads out, whatever it is', () => {
  const part = fc.constantFrom('..', '.', '', 'a', '\\', '..\\', 'C:', '...');
  const separator = fc.constantFrom('/', '\\', '//');
  fc.assert(
    fc.property(
      fc.array(fc.tuple(part, separator), { maxLength: 12 }),
      fc.constantFrom('linux' as const, 'win32' as const),
      (all, platform) => {
        const name = all.map(([one, between]) => one + between).join('');
        const on = platform === 'win32' ? path.win32 : path.posix;
        const root = platform === 'win32' ? 'C:\\root' : '/root';
        let parts: readonly string[];
        try {
          parts = entryPath(name, platform);
        } catch (error) {
          expect(error).toBeInstanceOf(EngineError);
          return;
        }
        if (!nameAllowed(parts, platform)) return;
        const target = on.resolve(on.join(root, ...parts));
        expect(target === root || target.startsWith(root + on.sep)).toBe(true);
      },
    ),
    { numRuns: 2000 },
  );
});

describe('names that Windows keeps for itself', () => {
  test.each([
    'CON',
    'con.txt',
    'nul',
    'AUX.tar.gz',
    'COM1',
    'lpt9.log',
    'com¹',
    'NUL ',
    'a:b',
    'a:b:$DATA',
    'x?',
    'x*',
    'a<b',
    'a|b',
    '"',
    'dot.',
    'blank ',
    'a\u0001',
    'CONIN$',
  ])('%j', (name) => {
    expect(nameAllowed(['fine', name], 'win32')).toBe(false);
    expect(nameAllowed([name], 'linux')).toBe(true);
  });

  test.each(['console', 'com', 'com10', 'null', '.hidden', 'a.b', 'nul-1', '.con'])('but not %j', (name) => {
    expect(nameAllowed([name], 'win32')).toBe(true);
  });
});

describe('the top of an archive renamed', () => {
  test.each([
    ['old', 'old', 'new', 'new'],
    ['old/', 'old', 'new', 'new/'],
    ['old/old/x', 'old', 'new', 'new/old/x'],
    ['older/x', 'old', 'new', 'older/x'],
    ['./x', '.', 'new', 'new/x'],
    ['./', '.', 'new', 'new/'],
    ['/bin/sh', '/', 'new', 'new/bin/sh'],
    ['/', '/', 'new', 'new/'],
    ['bin', '/', 'new', 'new/bin'],
  ])('%j with %j as %j is %j', (name, from, to, result) => expect(renamed(name, { from, to })).toBe(result));

  test('or left as it is', () => expect(renamed('a/b', undefined)).toBe('a/b'));
});
