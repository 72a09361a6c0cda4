import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EngineError } from '../../../../../src/engine/errors';
import { END, header, member, pax, readAll, sealed } from './archives';

/** Reads to the end; anything but an `EngineError` fails the test, and so does never coming back. */
async function survive(bytes: Buffer, piece: number): Promise<void> {
  try {
    await readAll(bytes, piece);
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError);
  }
}

const piece = fc.integer({ min: 1, max: 2000 });
const bytes = (max: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength: max, size: 'max' }).map((some) => Buffer.from(some));

test('any bytes', async () => {
  await fc.assert(fc.asyncProperty(bytes(4000), piece, survive), { numRuns: 120 });
});

test('any blocks with checksums that hold', async () => {
  const block = fc.uint8Array({ minLength: 512, maxLength: 512 }).map((some) => sealed(Buffer.from(some)));
  const flagged = fc
    .tuple(block, fc.constantFrom('0', '1', '2', '3', '5', '6', '7', 'x', 'g', 'L', 'K', 'S', 'V', '\0'))
    .map(([some, flag]) => {
      some.write(flag, 156, 'latin1');
      some.fill(0x30, 100, 148);
      return sealed(some);
    });
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(block, flagged), { maxLength: 8 }).map((all) => Buffer.concat(all)),
      piece,
      survive,
    ),
    { numRuns: 120 },
  );
});

test('an archive with some bytes changed, in its headers too', async () => {
  const whole = Buffer.concat([
    pax({ path: 'long'.repeat(40), uid: '7', mtime: '1.5', 'SCHILY.xattr.user.x': 'y' }),
    member({ name: 'a' }, 'x'.repeat(700)),
    pax({ comment: 'all' }, 'g'),
    member({ name: '././@LongLink', flag: 'L' }, `${'l'.repeat(200)}\0`),
    member({ name: 'b', flag: '2', linkname: 'a' }),
    END,
  ]);
  const change = fc.tuple(fc.nat(whole.length - 1), fc.nat(255));
  await fc.assert(
    fc.asyncProperty(
      fc.array(change, { minLength: 1, maxLength: 6 }),
      fc.boolean(),
      piece,
      async (changes, repair, size) => {
        const broken = Buffer.from(whole);
        for (const [at, byte] of changes) broken[at] = byte;
        // With sums that hold the changes get past the first check.
        if (repair)
          for (let at = 0; at + 512 <= broken.length; at += 512)
            if (broken[at + 257] === 0x75) sealed(broken.subarray(at, at + 512));
        await survive(broken, size);
      },
    ),
    { numRuns: 200 },
  );
});

test('records of any shape', async () => {
  const record = fc.oneof(
    fc
      .tuple(fc.nat(400), fc.string(), fc.string())
      .map(([length, key, value]) => `${String(length)} ${key}=${value}\n`),
    fc.string(),
  );
  const body = fc.array(record, { maxLength: 6 }).map((all) => all.join(''));
  await fc.assert(
    fc.asyncProperty(body, piece, (text, size) =>
      survive(Buffer.concat([member({ flag: 'x' }, text), member({}), END]), size),
    ),
    { numRuns: 120 },
  );
});

test('time grows with the length alone', async () => {
  const archive = (count: number): Buffer =>
    Buffer.concat([
      ...Array.from({ length: count }, (_, at) => member({ name: `f${String(at)}` }, 'x')),
      END,
    ]);
  const time = async (all: Buffer, size: number): Promise<number> => {
    const start = performance.now();
    await readAll(all, size);
    return performance.now() - start;
  };
  const many = pax({ path: 'p'.repeat(500_000) });
  const inBits = await time(Buffer.concat([many, header({}), END]), 64);
  const small = Math.min(await time(archive(400), 512), await time(archive(400), 512));
  const large = Math.min(await time(archive(3200), 512), await time(archive(3200), 512));
  // Eight times as much may take eight times as long; a square would be sixty-four.
  expect(large / small).toBeLessThan(32);
  expect(inBits).toBeLessThan(2000);
});
