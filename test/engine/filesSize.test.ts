import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OnProgress } from '../../src/engine/files/tally';
import { created, removeLabelled } from './support/box';
import { connect } from './support/connect';

/** Memory does not grow with what is copied. */

const LABEL = 'files-size';
const engine = connect();
const { files } = engine;
const here = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-size-'));
const MEGABYTE = 1024 * 1024;
const DIRECTORIES = 40;
const EACH = 1000;
let id = '';

beforeAll(async () => {
  await removeLabelled(LABEL);
  id = await created(LABEL, { script: 'true' });
});

afterAll(async () => {
  engine.dispose();
  await removeLabelled(LABEL);
  fs.rmSync(here, { recursive: true, force: true });
}, 300_000);

/** How much more memory (bytes) a copy takes in its second half than in its first, and in all. */
async function growthOf(
  size: (done: Parameters<OnProgress>[0]) => number,
  whole: number,
  work: (onProgress: OnProgress) => Promise<unknown>,
): Promise<{ late: number; all: number }> {
  const before = process.memoryUsage.rss();
  const most = { early: before, late: before };
  await work((done) => {
    const half = size(done) * 2 < whole ? 'early' : 'late';
    most[half] = Math.max(most[half], process.memoryUsage.rss());
  });
  return { late: most.late - most.early, all: Math.max(most.early, most.late) - before };
}

const FLAT = {
  late: expect.toSatisfy((bytes: number) => bytes < 16 * MEGABYTE, 'grows by less than 16 MB') as number,
};

test('forty thousand small files, in and out', { timeout: 600_000 }, async () => {
  for (let directory = 0; directory < DIRECTORIES; directory++) {
    fs.mkdirSync(path.join(here, 'many', String(directory)), { recursive: true });
    for (let file = 0; file < EACH; file++)
      fs.writeFileSync(
        path.join(here, 'many', String(directory), String(file)),
        `${String(directory)} ${String(file)}`,
      );
  }
  const count = DIRECTORIES * EACH;
  const into = await growthOf(
    ({ files: done }) => done,
    count,
    (onProgress) => files.copyTo(id, path.join(here, 'many'), '/many', { onProgress }),
  );
  const out = await growthOf(
    ({ files: done }) => done,
    count,
    async (onProgress) => {
      expect(await files.copyFrom(id, '/many', path.join(here, 'back'), { onProgress })).toMatchObject({
        files: count,
      });
    },
  );
  expect(fs.readFileSync(path.join(here, 'back/39/999'), 'utf8')).toBe('39 999');
  expect(fs.readdirSync(path.join(here, 'back/12'))).toHaveLength(EACH);
  expect({ into, out }).toMatchObject({ into: FLAT, out: FLAT });
});

test('a gigabyte, in and out', { timeout: 600_000 }, async () => {
  const large = path.join(here, 'large');
  fs.writeFileSync(large, 'beginning');
  fs.truncateSync(large, 2 ** 30);
  const into = await growthOf(
    ({ bytes }) => bytes,
    2 ** 30,
    (onProgress) => files.copyTo(id, large, '/large', { onProgress }),
  );
  const out = await growthOf(
    ({ bytes }) => bytes,
    2 ** 30,
    (onProgress) => files.copyFrom(id, '/large', path.join(here, 'large-back'), { onProgress }),
  );
  expect(fs.statSync(path.join(here, 'large-back')).size).toBe(2 ** 30);
  expect({ into, out }).toMatchObject({ into: FLAT, out: FLAT });
  expect(Math.max(into.all, out.all)).toBeLessThan(64 * MEGABYTE);
});
