import { Readable } from 'node:stream';
import tar from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { EngineError } from '../../../../../src/engine/errors';
import { TarReader } from '../../../../../src/engine/streams/tar/reader';
import { END, header, inPieces, member, pax, readAll, sealed } from './archives';

const failure = async (bytes: Buffer): Promise<EngineError> => {
  const error: unknown = await readAll(bytes).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(EngineError);
  return error as EngineError;
};

const ARCHIVE = Buffer.concat([
  member({ name: 'dir/', flag: '5', mode: 0o750 }),
  member({ name: 'dir/one', mode: 0o4755, uid: 5, gid: 6, mtime: 1_600_000_000 }, 'one'),
  member({ name: 'dir/empty' }),
  pax({ path: `dir/${'p'.repeat(120)}`, mtime: '1600000000.25', 'SCHILY.xattr.user.a': 'b' }),
  member({ name: 'short' }, 'x'.repeat(1500)),
  member({ name: '././@LongLink', flag: 'L', magic: 'ustar  \0' }, `dir/${'l'.repeat(150)}\0`),
  member({ name: '././@LongLink', flag: 'K', magic: 'ustar  \0' }, `${'k'.repeat(150)}\0`),
  member({ name: 'short', flag: '2', linkname: 'short', magic: 'ustar  \0' }),
  member({ name: 'dir/link', flag: '1', linkname: 'dir/one' }),
  END,
]);

const ENTRIES = [
  { name: 'dir/', type: 'directory', mode: 0o750, content: '' },
  {
    name: 'dir/one',
    type: 'file',
    size: 3,
    mode: 0o4755,
    uid: 5,
    gid: 6,
    mtime: 1_600_000_000,
    content: 'one',
  },
  { name: 'dir/empty', type: 'file', size: 0, content: '' },
  {
    name: `dir/${'p'.repeat(120)}`,
    mtime: 1600000000.25,
    xattrs: new Map([['user.a', Buffer.from('b')]]),
    content: 'x'.repeat(1500),
  },
  { name: `dir/${'l'.repeat(150)}`, type: 'symlink', linkname: 'k'.repeat(150), content: '' },
  { name: 'dir/link', type: 'link', linkname: 'dir/one', content: '' },
];

describe('what is in an archive', () => {
  test.each([1, 7, 511, 512, 513, 1000, 100_000])('is the same in pieces of %i bytes', async (size) => {
    expect(await readAll(ARCHIVE, size)).toMatchObject(ENTRIES);
  });

  test('another archiver wrote is read: names, sizes, ids, times', async () => {
    const pack = tar.pack();
    const names = ['plain', 'ü'.repeat(60), 'long/'.repeat(30) + 'name', 'with space'];
    for (const name of names) pack.entry({ name, mtime: new Date(1_500_000_000_000), uid: 7 }, name);
    pack.finalize();
    const parts: Buffer[] = [];
    for await (const part of pack) parts.push(part as Buffer);
    const found = await readAll(Buffer.concat(parts), 300);
    expect(found.map(({ name }) => name)).toEqual(names);
    expect(found.map(({ content }) => Buffer.from(content, 'latin1').toString())).toEqual(names);
    expect(found[0]).toMatchObject({ mtime: 1_500_000_000, uid: 7 });
  });

  test('a prefix stands before the name, in POSIX archives alone', async () => {
    const posix = member({ name: 'name', prefix: 'some/where' });
    const gnu = member({ name: 'name', prefix: 'some/where', magic: 'ustar  \0' });
    expect((await readAll(Buffer.concat([posix, gnu, END]))).map(({ name }) => name)).toEqual([
      'some/where/name',
      'name',
    ]);
  });

  test('numbers too large for octal are binary; negative times too', async () => {
    const large = Buffer.from([0x80, 0, 0, 0, 0, 0x30, 0, 1]);
    const before = Buffer.alloc(12, 0xff);
    expect(await readAll(Buffer.concat([member({ uid: large, mtime: before }), END]))).toMatchObject([
      { uid: 0x300001, mtime: -1 },
    ]);
  });

  test('a PAX size counts instead of the header’s', async () => {
    const one = Buffer.concat([
      pax({ size: '3' }),
      header({ size: 0 }),
      Buffer.from('abc'.padEnd(512, '\0')),
    ]);
    expect(await readAll(Buffer.concat([one, END]))).toMatchObject([{ size: 3, content: 'abc' }]);
  });

  test('global records are defaults, but no entry’s name', async () => {
    const bytes = Buffer.concat([
      pax({ uid: '42', mtime: '9', path: 'all' }, 'g'),
      member({ name: 'a' }),
      pax({ uid: '7' }),
      member({ name: 'b' }),
      END,
    ]);
    expect(await readAll(bytes)).toMatchObject([
      { name: 'a', uid: 42, mtime: 9 },
      { name: 'b', uid: 7, mtime: 9 },
    ]);
  });

  test('a link has no body, whatever its size says', async () => {
    const bytes = Buffer.concat([
      header({ name: 'l', flag: '1', linkname: 'x', size: 5000 }),
      member({ name: 'next' }, 'n'),
      END,
    ]);
    expect(await readAll(bytes)).toMatchObject([
      { type: 'link', size: 0 },
      { name: 'next', content: 'n' },
    ]);
  });

  test('an old archiver’s directory is known by its slash', async () => {
    expect(
      await readAll(Buffer.concat([member({ name: 'old/', flag: '\0', magic: '' }), END])),
    ).toMatchObject([{ type: 'directory' }]);
  });

  test('an unknown type is passed over with its body', async () => {
    const bytes = Buffer.concat([
      member({ name: 'volume', flag: 'V' }, 'x'.repeat(600)),
      member({ name: 'next' }, 'n'),
      END,
    ]);
    const reader = new TarReader(inPieces(bytes, 100));
    expect(await reader.next()).toMatchObject({ type: 'unknown', size: 600 });
    expect(await reader.next()).toMatchObject({ name: 'next' });
  });

  test('devices tell their numbers', async () => {
    expect(
      await readAll(Buffer.concat([member({ flag: '3', devmajor: 5, devminor: 1 }), END])),
    ).toMatchObject([{ type: 'character', devmajor: 5, devminor: 1 }]);
  });

  test('signed sums of old archivers hold as well', async () => {
    const block = header({ name: 'ü' });
    const sum = block.reduce(
      (total, byte, at) => total + (at >= 148 && at < 156 ? 0x20 : byte > 127 ? byte - 256 : byte),
      0,
    );
    block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1');
    expect(await readAll(Buffer.concat([block, END]))).toMatchObject([{ name: 'ü' }]);
  });
});

describe('what is not right is said', () => {
  test('a wrong checksum', async () => {
    const bytes = Buffer.from(ARCHIVE);
    bytes[0] = (bytes[0] ?? 0) + 1;
    expect((await failure(bytes)).kind).toBe('protocol');
  });

  test('an archive cut anywhere but between two entries', async () => {
    const whole = Buffer.concat([pax({ path: 'name' }), member({}, 'x'.repeat(700)), END]);
    const ends = new Set([0, 1024 + 512 + 1024, whole.length - 512, whole.length]);
    for (let length = 1; length < whole.length; length += 37) {
      const bytes = whole.subarray(0, length);
      const behind = length > 1024 + 512 + 1024;
      if (ends.has(length) || behind) continue;
      expect((await failure(bytes)).message, `cut at ${String(length)}`).toContain('ended too early');
    }
    for (const length of ends) await readAll(whole.subarray(0, length));
  });

  test('a sparse file, old and new', async () => {
    expect((await failure(Buffer.concat([member({ name: 'holes', flag: 'S' }), END]))).message).toContain(
      '"holes"',
    );
    expect((await failure(Buffer.concat([pax({ 'GNU.sparse.major': '1' }), member({}), END]))).kind).toBe(
      'invalid',
    );
  });

  test.each([
    ['a size that is no number', member({ size: Buffer.from('zz') })],
    ['a negative size', header({ size: Buffer.alloc(12, 0xff) })],
    ['a size beyond all disks', header({ size: Buffer.from([0x80, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) })],
    ['a PAX size that is no number', Buffer.concat([pax({ size: '1e3' }), member({})])],
    ['a PAX size that is negative', Buffer.concat([pax({ size: '-1' }), member({})])],
    ['a PAX id without end', Buffer.concat([pax({ uid: '9'.repeat(400) }), member({})])],
    ['a name with a NUL in it', Buffer.concat([pax({ path: 'a\0b' }), member({})])],
    ['a PAX record without an end', member({ flag: 'x' }, '12 path=abc')],
    ['a PAX record longer than its header', member({ flag: 'x' }, '99 path=abc\n')],
    ['a PAX record of length 0', member({ flag: 'x' }, '0 a=b\n')],
    ['a PAX record without a key', member({ flag: 'x' }, '5 =b\n')],
    ['a PAX record without a length', member({ flag: 'x' }, ' a=b\n')],
    ['an extended header of a gigabyte', header({ flag: 'x', size: 2 ** 30 })],
    ['a long name of a gigabyte', header({ flag: 'L', size: 2 ** 30 })],
    [
      'three thousand extended headers',
      Buffer.concat(Array.from({ length: 3000 }, () => member({ flag: 'x' }))),
    ],
    ['global headers without end', Buffer.concat(Array.from({ length: 3000 }, () => pax({ a: 'b' }, 'g')))],
    ['nothing behind an extended header', Buffer.concat([pax({ path: 'a' }), END])],
    ['no archive at all', Buffer.from('<html>'.repeat(200))],
  ])('%s', async (_, bytes) => {
    expect((await failure(Buffer.concat([bytes, END]))).kind).toBe('protocol');
  });

  test('a source that breaks off keeps its reason', async () => {
    const broken = new Error('reset');
    const source = (async function* () {
      yield ARCHIVE.subarray(0, 600);
      await Promise.resolve();
      throw broken;
    })();
    const reader = new TarReader(source);
    await reader.next();
    const error = await reader.next().then(
      () => undefined,
      (thrown: unknown) => thrown as EngineError,
    );
    expect(error?.kind).toBe('unreachable');
    expect(error?.cause).toBe(broken);
  });

  test('a cancelled one says that it was cancelled', async () => {
    const stop = new AbortController();
    const source = new Readable({ read: () => undefined });
    source.push(ARCHIVE.subarray(0, 600));
    const reader = new TarReader(source as AsyncIterable<Buffer>, stop.signal);
    await reader.next();
    const waiting = reader.next();
    stop.abort();
    source.destroy();
    await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('the source', () => {
  /** A source that counts what is taken from it, and knows its end. */
  function counted(pieces: Iterable<Buffer>): {
    source: AsyncGenerator<Buffer>;
    taken: () => number;
    closed: () => boolean;
  } {
    let taken = 0;
    let closed = false;
    const source = (async function* () {
      try {
        for (const piece of pieces) {
          taken++;
          await Promise.resolve();
          yield piece;
        }
      } finally {
        closed = true;
      }
    })();
    return { source, taken: () => taken, closed: () => closed };
  }

  test('is read only as far as is asked for', async () => {
    const { source, taken } = counted([member({ name: 'a' }, 'x'.repeat(512)), member({ name: 'b' }), END]);
    const reader = new TarReader(source);
    await reader.next();
    expect(taken()).toBe(1);
    expect(await reader.chunk()).toHaveLength(512);
    expect(await reader.chunk()).toBeUndefined();
    expect(taken()).toBe(1);
  });

  test('is read to its end and closed behind the end mark', async () => {
    const { source, taken, closed } = counted([member({}), END, Buffer.alloc(512), Buffer.alloc(9000)]);
    const reader = new TarReader(source);
    await reader.next();
    expect(await reader.next()).toBeUndefined();
    expect(taken()).toBe(4);
    expect(closed()).toBe(true);
    expect(await reader.next()).toBeUndefined();
  });

  test('that goes on for ever behind the end mark is given up', async () => {
    const endless = function* (): Generator<Buffer> {
      yield Buffer.concat([member({}), END]);
      for (;;) yield Buffer.alloc(65536);
    };
    const { source, taken, closed } = counted(endless());
    const reader = new TarReader(source);
    await reader.next();
    expect(await reader.next()).toBeUndefined();
    expect(taken()).toBeLessThan(25);
    expect(closed()).toBe(true);
  });

  test('is destroyed when the reader stops early, or finds damage', async () => {
    for (const stop of ['break', 'damage']) {
      const { source, closed } = counted([
        member({ name: 'a' }),
        stop === 'break' ? member({ name: 'b' }) : sealed(Buffer.alloc(512, 'z')),
        END,
      ]);
      const reader = new TarReader(source);
      try {
        for await (const entry of reader) if (stop === 'break' && entry.name === 'a') break;
      } catch (error) {
        expect(error).toBeInstanceOf(EngineError);
      }
      expect(closed()).toBe(true);
    }
  });

  test('of two gigabytes is read without keeping it', async () => {
    const piece = Buffer.alloc(64 * 1024);
    const { source } = counted([
      header({ size: 2 ** 31 }),
      ...Array.from({ length: 2 ** 31 / piece.length }, () => piece),
      member({ name: 'behind' }),
      END,
    ]);
    const reader = new TarReader(source);
    await reader.next();
    const before = process.memoryUsage.rss();
    expect(await reader.next()).toMatchObject({ name: 'behind' });
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 * 1024);
  });
});

test('a body that is in memory comes at once', async () => {
  const reader = new TarReader(
    inPieces(Buffer.concat([member({}, 'small'), member({}, 'x'.repeat(5000)), END]), 4096),
  );
  await reader.next();
  expect(reader.buffered()?.toString()).toBe('small');
  await reader.next();
  expect(reader.buffered()).toBeUndefined();
});
