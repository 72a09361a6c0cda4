import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import tar from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { encodeHeader, type NewEntry } from '../../../../../src/engine/streams/tar/encode';
import { decodeName } from '../../../../../src/engine/streams/tar/names';
import { encodePax, parsePax } from '../../../../../src/engine/streams/tar/pax';
import { archiveOf } from '../../../../../src/engine/streams/tar/writer';
import { END, readAll } from './archives';

const ENTRIES: readonly NewEntry[] = [
  { name: 'plain', type: 'file', mode: 0o644, uid: 1, gid: 2, mtime: 1_600_000_000 },
  { name: 'dir/', type: 'directory', mode: 0o1777 },
  { name: 'n'.repeat(100), type: 'file', mode: 0o4755 },
  { name: 'n'.repeat(101), type: 'file', mode: 0o644 },
  { name: 'größe', type: 'file', mode: 0o644 },
  { name: 'line\nbreak', type: 'file', mode: 0o644 },
  { name: 'link', type: 'link', mode: 0o644, linkname: 'plain' },
  { name: 'soft', type: 'symlink', mode: 0o777, linkname: 't'.repeat(200) },
  { name: 'ids', type: 'file', mode: 0o644, uid: 3_000_000, gid: 4_294_967_294 },
  { name: 'old', type: 'file', mode: 0o644, mtime: -5 },
  { name: 'fine', type: 'file', mode: 0o644, mtime: 1.5 },
  { name: 'far', type: 'file', mode: 0o644, mtime: 9_000_000_000 },
  { name: 'null', type: 'character', mode: 0o666, devmajor: 1, devminor: 3 },
  { name: 'pipe', type: 'fifo', mode: 0o600 },
  {
    name: 'caps',
    type: 'file',
    mode: 0o755,
    xattrs: new Map([['security.capability', Buffer.from([1, 0, 0, 2, 0, 4, 10])]]),
  },
];

test('what is written is read back', async () => {
  const bytes = Buffer.concat([...ENTRIES.map(encodeHeader), END]);
  expect(await readAll(bytes)).toMatchObject(ENTRIES);
});

test('plain entries take one block', () => {
  expect(
    encodeHeader({ name: 'n'.repeat(100), type: 'file', mode: 0o644, size: 8 * 1024 ** 3 - 1 }),
  ).toHaveLength(512);
  expect(encodeHeader({ name: 'n', type: 'file', mode: 0o644, size: 8 * 1024 ** 3 })).toHaveLength(1536);
});

test('sizes beyond 8 GiB are read back', () => {
  const size = 2 ** 40;
  const bytes = encodeHeader({ name: 'huge', type: 'file', mode: 0o644, size });
  expect(
    parsePax(bytes.subarray(512, 512 + bytes.indexOf('\n', 512) + 1 - 512))
      .get('size')
      ?.toString(),
  ).toBe(String(size));
});

test('another reader agrees', async () => {
  const extract = tar.extract();
  extract.end(
    archiveOf(
      ENTRIES.map((entry) => (entry.type === 'file' ? { ...entry, data: Buffer.from(entry.name) } : entry)),
    ),
  );
  const found: { name: string; content: string }[] = [];
  for await (const entry of extract) {
    const parts: Buffer[] = [];
    for await (const part of entry) parts.push(part as Buffer);
    found.push({ name: entry.header.name, content: Buffer.concat(parts).toString() });
  }
  expect(found).toEqual(
    ENTRIES.map(({ name, type }) => ({
      name,
      content: type === 'file' ? name : '',
    })),
  );
});

test.skipIf(spawnSync('tar', ['--version']).status !== 0)('the system’s tar agrees', () => {
  const listed = spawnSync('tar', ['-tf', '-', '--quoting-style=literal'], { input: archiveOf(ENTRIES) });
  expect(listed.stderr.toString()).toBe('');
  expect(listed.stdout.toString()).toBe(ENTRIES.map(({ name }) => `${name}\n`).join(''));
});

test('an entry of unknown type is the caller’s mistake', () => {
  expect(() => encodeHeader({ name: 'x', type: 'unknown', mode: 0 })).toThrow(TypeError);
});

describe('any entry', () => {
  const name = fc
    .uint8Array({ minLength: 1, maxLength: 400 })
    .map((bytes) => decodeName(Buffer.from(bytes.map((byte) => byte || 1))));
  const entry = fc.record({
    name: name.map((text) => text.replace(/\/+$/, 'x')),
    mode: fc.integer({ min: 0, max: 0o7777 }),
    uid: fc.integer({ min: 0, max: 2 ** 32 }),
    gid: fc.integer({ min: 0, max: 2 ** 32 }),
    mtime: fc.integer({ min: -(2 ** 40), max: 2 ** 40 }),
    linkname: name,
    type: fc.constantFrom('symlink' as const, 'link' as const),
  });

  test('comes back as it was', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 4 }), async (entries) => {
        expect(await readAll(Buffer.concat([...entries.map(encodeHeader), END]), 700)).toMatchObject(entries);
      }),
    );
  });

  test('has records that come back as they were', () => {
    const key = fc
      .string({ minLength: 1, maxLength: 30, unit: 'grapheme' })
      .filter((text) => !text.includes('='));
    const value = fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes));
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value), { maxLength: 6 }), (pairs) => {
        const records = new Map(pairs);
        expect(parsePax(encodePax(records))).toEqual(records);
      }),
    );
  });
});
