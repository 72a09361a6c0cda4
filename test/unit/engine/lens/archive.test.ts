import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { TarReader } from '../../../../src/engine/streams/tar/reader';
import { END, header, inPieces, member } from '../streams/tar/archives';
import { readArchive } from '../../../../src/engine/lens/archive';
import { Paths } from '../../../../src/engine/lens/paths';
import { AMD64, imageOf, layer, legacy, listed, oci, read } from './layouts';

const BASE = layer({ './': '', 'etc/': '', 'etc/one': 'one', 'bin/sh': '->busybox' });
const TOP = layer({ 'etc/.wh.one': '', 'etc/two': 'zwei', 'var/.wh..wh..opq': '', 'var/.wh..wh.plnk': '' });
const READ = [
  ['/ 0', '/etc 0', '/etc/one 3', '/bin/sh 0'],
  ['/etc/two 4', '- /etc/one', '- /var/*'],
];

/** Two files, packed by the `zstd` of Debian with its window and its entropy coding. */
const ZSTD = Buffer.from(
  'KLUv/QRoPQsAJBNldGMvenN0ZAAwNjQ0ADA0NzQzMwAgMAB1c3RhcgAwMABwYWNrZWQgAG90aGVyMjU1NAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4fICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj9AQUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpbXF1eX2BhYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ent8fX5/gIGCg4SFhoeIiYqLjI2Oj5CRkpOUlZaXmJmam5ydnp+goaKjpKWmp6ipqqusra6vsLGys7S1tre4ubq7vL2+v8DBwsPExcbHyMnKy8zNzs/Q0dLT1NXW19jZ2tvc3d7f4OHi4+Tl5ufo6err7O3u7/Dx8vP09fb3+Pn6+/z9/v8SIOBwttVq/MX0AIC/AdUcow4QCLhXUwfYGshAvSqQvpkHdQCTeNERBgACRxQOCmA4YTnMVcQL',
  'base64',
);

describe('the archive of an image', () => {
  test.each([1, 511, 512, 4096, 1_000_000])('is read in pieces of %i bytes', async (size) => {
    expect(listed(await imageOf(legacy([BASE, TOP]), { size }))).toEqual(READ);
    expect(listed(await imageOf(oci({ layers: [BASE, TOP], pack: gzipSync }), { size }))).toEqual(READ);
  });

  test('is read in the layout of docker save, where a layer that is there twice is a link', async () => {
    const image = await imageOf(legacy([BASE, TOP, BASE]));
    expect(listed(image)).toEqual([...READ, READ[0]]);
    expect(image.history.map(({ empty }) => empty)).toEqual([false, false, false, true]);
  });

  test.each([
    ['plain', (plain: Buffer) => plain],
    ['gzip', (plain: Buffer) => gzipSync(plain)],
    [
      'gzip in several members',
      (plain: Buffer) => Buffer.concat([gzipSync(plain.subarray(0, 600)), gzipSync(plain.subarray(600))]),
    ],
  ])('is read in the OCI layout, %s', async (_, pack) => {
    expect(listed(await imageOf(oci({ layers: [BASE, TOP], pack })))).toEqual(READ);
  });

  test.each([1, 100, 10_000])('is read when it is packed with zstd, in pieces of %i bytes', async (size) => {
    const image = await imageOf(oci({ layers: [BASE], pack: () => ZSTD }), { size });
    expect(listed(image)).toEqual([['/etc/zstd 2100', '/etc/other 1024']]);
    const { content } = image.layers[0] ?? {};
    // As Python's zlib.crc32 sees the contents.
    expect(content && 'files' in content && content.files.sums).toEqual([0x6ace2436, 0xb70b4c26]);
  });

  test('of several platforms gives the one of the image, or the one that is asked for', async () => {
    const arm = { os: 'linux', architecture: 'arm64', variant: 'v8' };
    const archive = oci(
      { layers: [layer({ 'for-arm': 'a' })], platform: arm },
      { layers: [layer({ 'for-amd': 'amd' })], platform: AMD64, pack: gzipSync },
      // An attestation.
      {
        layers: [Buffer.from('{"_type": "in-toto"}')],
        platform: { os: 'unknown', architecture: 'unknown', variant: '' },
      },
    );
    expect(listed(await imageOf(archive))).toEqual([['/for-amd 3']]);
    expect(listed(await imageOf(archive, { platform: arm }))).toEqual([['/for-arm 1']]);
    expect((await imageOf(archive, { platform: { ...arm, architecture: 'mips' } })).layers).toHaveLength(1);
  });

  test('names nothing outside of the image', async () => {
    const hostile = Buffer.concat([
      member({ name: '../../etc/passwd' }, 'x'),
      member({ name: '/../a/../../b' }, 'xx'),
      member({ name: '.wh...' }, ''),
      member({ name: 'dir/.wh.' }, ''),
      member({ name: '__proto__' }, 'xxx'),
      END,
    ]);
    expect(listed(await imageOf(legacy([hostile])))).toEqual([['/etc/passwd 1', '/b 2', '/__proto__ 3']]);
  });
});

/** As GNU tar writes what octal digits have no room for. */
const TERABYTE = Buffer.from('800000000000010000000000', 'hex');

describe('damage', () => {
  const DAMAGED = 'It is damaged. Pull or build the image again.';

  test.each([
    [
      'a file that says it has a terabyte',
      Buffer.concat([header({ name: 'big', size: TERABYTE }), Buffer.alloc(2048)]),
    ],
    ['a layer that is cut', BASE.subarray(0, 1200)],
    ['a header that is garbled', Buffer.concat([BASE.subarray(0, 512), Buffer.alloc(512, 7), END])],
    ['gzip that is cut', gzipSync(BASE).subarray(0, 60)],
    ['gzip that is garbled', Buffer.concat([gzipSync(BASE).subarray(0, 40), Buffer.alloc(200, 1)])],
    ['zstd that is cut', ZSTD.subarray(0, 200)],
    ['zstd that is garbled', Buffer.concat([ZSTD.subarray(0, 20), Buffer.alloc(300, 9)])],
  ])('%s is said of its layer, and the others are there', async (_, bad) => {
    const image = await imageOf(oci({ layers: [BASE, bad, TOP] }));
    expect(listed(image)).toEqual([READ[0], DAMAGED, READ[1]]);
  });

  test('a layer that is not there, or is nothing that is known, says so', async () => {
    const image = await imageOf(oci({ layers: [BASE, Buffer.from('BZh91AY&SY'.repeat(100))] }));
    expect(listed(image)[1]).toMatch(/does not have its content/);
  });

  test('an archive that breaks off in a layer rejects', async () => {
    const { bytes } = legacy([BASE, TOP]);
    await expect(read(bytes.subarray(0, 1500))).rejects.toMatchObject({ kind: 'protocol' });
    await expect(read(bytes.subarray(0, BASE.length + 1000))).rejects.toMatchObject({ kind: 'protocol' });
  });

  test('what holds no image rejects', async () => {
    await expect(imageOf({ bytes: END, id: 'sha256:0' })).rejects.toThrow(/no image that can be read/);
    const nonsense = Buffer.concat([
      member({ name: 'manifest.json' }, '[{"Config": 7}, null, "x"]'),
      member({ name: 'index.json' }, '{"manifests": [[], {"digest": "sha256:1"}]}'),
      END,
    ]);
    await expect(imageOf({ bytes: nonsense, id: 'sha256:0' })).rejects.toMatchObject({ kind: 'protocol' });
  });

  test('a manifest that leads to itself ends', async () => {
    const ring = JSON.stringify({ manifests: [{ digest: 'sha256:a' }, { digest: 'sha256:a' }] });
    const bytes = Buffer.concat([
      member({ name: 'blobs/sha256/a' }, ring),
      member({ name: 'index.json' }, ring),
      member({ name: 'x', flag: '2', linkname: 'y' }),
      member({ name: 'y', flag: '2', linkname: 'x' }),
      END,
    ]);
    await expect(imageOf({ bytes, id: 'sha256:a' })).rejects.toMatchObject({ kind: 'protocol' });
  });

  test('its source is closed when the reading of it stops', async () => {
    let closed = false;
    async function* source(): AsyncGenerator<Buffer> {
      try {
        yield* inPieces(legacy([BASE]).bytes, 700);
        throw new Error('the wire is cut');
      } finally {
        closed = true;
      }
    }
    await expect(readArchive(new TarReader(source()), new Paths())).rejects.toThrow(/broke off/);
    expect(closed).toBe(true);
  });
});
