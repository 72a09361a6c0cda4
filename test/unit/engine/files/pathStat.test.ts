import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EngineError } from '../../../../src/engine/errors';
import { fromGoMode, parsePathStat } from '../../../../src/engine/files/pathStat';

/** As `fmt.Println(uint32(info.Mode()))` of Go prints them. */
test.each([
  [0o644, 'file', 0o644],
  [2 ** 31 + 0o755, 'directory', 0o755],
  [2 ** 31 + 2 ** 20 + 0o777, 'directory', 0o1777],
  [2 ** 31 + 2 ** 22 + 0o755, 'directory', 0o2755],
  [2 ** 27 + 0o777, 'symlink', 0o777],
  [2 ** 23 + 0o755, 'file', 0o4755],
  [2 ** 26 + 0o660, 'block', 0o660],
  [2 ** 26 + 2 ** 21 + 0o666, 'character', 0o666],
  [2 ** 25 + 0o644, 'fifo', 0o644],
  [2 ** 24 + 0o755, 'socket', 0o755],
  [2 ** 19, 'unknown', 0],
])('the mode %i is a %s', (mode, type, bits) => expect(fromGoMode(mode)).toEqual({ type, mode: bits }));

const header = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

test('the header is read', () => {
  const said = {
    name: 'sh',
    size: 7,
    mode: 134218239,
    mtime: '2024-05-06T07:08:09.5Z',
    linkTarget: '/bin/busybox',
  };
  expect(parsePathStat({ 'x-docker-container-path-stat': header(said) })).toEqual({
    name: 'sh',
    type: 'symlink',
    size: 7,
    mode: 0o777,
    mtime: Date.UTC(2024, 4, 6, 7, 8, 9, 500),
    linkTarget: '/bin/busybox',
  });
});

test('anything else is an error of ours', () => {
  for (const value of [undefined, '', '%%%', header(null), header([]), header({ mode: 'x' }), header(7)])
    expect(() => parsePathStat({ 'x-docker-container-path-stat': value })).toThrow(EngineError);
  fc.assert(
    fc.property(fc.string(), (value) => {
      expect(() => parsePathStat({ 'x-docker-container-path-stat': value })).toThrow(EngineError);
    }),
  );
});
