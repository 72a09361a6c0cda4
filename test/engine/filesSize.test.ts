import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import v8 from 'node:v8';
import vm from 'node:vm';
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
const DIRECTORIES = 20;
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

v8.setFlagsFromString('--expose-gc');
const collect = vm.runInNewContext('gc') as () => void;

/** Bytes that are held, waste not counted: what the process as a whole takes depends on when waste is collected. */
function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/**
 * Bytes a copy holds more near its end than near its beginning (`late`), looked at every tenth of it, and by how much
 * the whole process grows at most (`all`).
 */
async function growthOf(
  size: (done: Parameters<OnProgress>[0]) => number,
  whole: number,
  work: (onProgress: OnProgress) => Promise<unknown>,
): Promise<{ late: number; all: number }> {
  const before = process.memoryUsage.rss();
  let most = before;
  const tenths: number[] = [];
  await work((done) => {
    most = Math.max(most, process.memoryUsage.rss());
    const tenth = Math.floor((size(done) * 10) / whole);
    if (tenths[tenth] === undefined) tenths[tenth] = held();
  });
  const early = Math.min(...tenths.filter((bytes, tenth) => bytes > 0 && tenth >= 1 && tenth <= 3));
  const late = Math.min(...tenths.filter((bytes, tenth) => bytes > 0 && tenth >= 7 && tenth <= 9));
  return { late: late - early, all: most - before };
}

const less = (megabytes: number) =>
  expect.toSatisfy(
    (bytes: number) => bytes < megabytes * MEGABYTE,
    `less than ${String(megabytes)} MB`,
  ) as number;

test('twenty thousand small files, in and out', { timeout: 600_000 }, async () => {
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
  expect(fs.readFileSync(path.join(here, 'back/19/999'), 'utf8')).toBe('19 999');
  expect(fs.readdirSync(path.join(here, 'back/12'))).toHaveLength(EACH);
  expect({ into, out }).toMatchObject({ into: { late: less(4) }, out: { late: less(4) } });
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
  // Pieces on their way to the engine and waste not yet swept come and go; what is kept would be hundreds.
  expect({ into, out }).toMatchObject({
    into: { late: less(48), all: less(128) },
    out: { late: less(48), all: less(128) },
  });
});
