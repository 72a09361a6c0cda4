import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startDebianEngine } from '../../scripts/rig/engines/debian.mjs';
import { privateGroup } from '../../scripts/rig/machine.mjs';
import { ask, baseImage, engine as rig } from '../rig/engine';
import { connect } from './support/connect';

const BASE = 'quayside-images/base:latest';
const NAME = 'quayside-images/made:latest';
const engine = connect();
const here = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-images-'));
/** `docker save` of `BASE`. */
let saved: Buffer;
/** A tar of a folder with one file. */
let folder: Buffer;

beforeAll(async () => {
  await baseImage(BASE);
  const parts: Buffer[] = [];
  for await (const part of await engine.images.save([BASE])) parts.push(part as Buffer);
  saved = Buffer.concat(parts);
  fs.writeFileSync(path.join(here, 'file'), 'x');
  folder = execFileSync('tar', ['-C', here, '-c', 'file']);
});

afterAll(async () => {
  await ask('DELETE', `/images/${BASE}`).catch(() => undefined);
  engine.dispose();
  fs.rmSync(here, { recursive: true, force: true });
});

/** Ids of all images, with those that have no name. */
async function images(): Promise<string[]> {
  return ((await ask('GET', '/images/json?all=1')) as { Id: string }[]).map(({ Id }) => Id).sort();
}

function* chunked(archive: Buffer): Generator<Buffer> {
  for (let from = 0; from < archive.length; from += 65_536) yield archive.subarray(from, from + 65_536);
}

/** It stops in the middle, and never ends, until it is destroyed. */
function halfOf(archive: Buffer): Readable {
  let given = false;
  return new Readable({
    read() {
      if (given) return;
      given = true;
      this.push(archive.subarray(0, archive.length >> 1));
    },
  });
}

test('an engine that is not connected yet gets the whole archive', async () => {
  const fresh = connect();
  try {
    expect(await fresh.images.load(Readable.from(chunked(saved)))).toEqual([BASE]);
  } finally {
    fresh.dispose();
  }
});

test('a file is closed when nobody could take it', async () => {
  const nowhere = connect('unix:///nonexistent/docker.sock');
  for (const work of [
    (tar: Readable) => nowhere.images.load(tar),
    (tar: Readable) => nowhere.images.import(tar, { reference: NAME }),
  ]) {
    const tar = Readable.from(chunked(saved));
    await expect(work(tar)).rejects.toMatchObject({ kind: 'unreachable' });
    await expect.poll(() => tar.destroyed).toBe(true);
  }
  nowhere.dispose();
});

describe('what is no image', () => {
  const junk = Buffer.alloc(100_000, 'no tar at all');

  test.each([
    ['any file', () => junk, /no tar archive/],
    ['a file system', () => folder, /no image that was saved.*import it/],
    ['half an archive', () => saved.subarray(0, 700_000), /ends too early/],
  ])('is not loaded: %s', async (_, archive, words) => {
    const before = await images();
    const loading = engine.images.load(Readable.from([archive()]));
    await expect(loading).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(words) as string,
    });
    expect(await images()).toEqual(before);
  });

  test.each([
    ['any file', () => junk, /no tar archive/],
    ['half an archive', () => saved.subarray(0, 700_000), /ends too early/],
  ])('is not imported: %s', async (_, archive, words) => {
    const before = await images();
    const importing = engine.images.import(Readable.from([archive()]), { reference: NAME });
    await expect(importing).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringMatching(words) as string,
    });
    expect(await images()).toEqual(before);
    expect(await engine.images.has(NAME)).toBe(false);
  });
});

describe('what is cancelled leaves nothing', () => {
  test.each([
    ['a load', (half: Readable, signal: AbortSignal) => engine.images.load(half, {}, undefined, signal)],
    [
      'an import',
      (half: Readable, signal: AbortSignal) => engine.images.import(half, { reference: NAME }, signal),
    ],
  ])('%s', async (_, begin) => {
    const before = await images();
    const half = halfOf(saved);
    const stop = new AbortController();
    const work = begin(half, stop.signal);
    work.catch(() => undefined);
    // All that there is has been taken.
    await expect.poll(() => half.readableLength).toBe(0);
    stop.abort();
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
    half.destroy();
    // Another that is whole comes after it, so what the engine still did of it is over.
    expect(await engine.images.load(Readable.from([saved]))).toEqual([BASE]);
    expect(await images()).toEqual(before);
    expect(await engine.images.has(NAME)).toBe(false);
  });
});

test.skipIf(rig.shared)('a disk that is full is said, and what was begun is gone', async () => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'qs-full-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', root]);
  const small = await startDebianEngine(path.join(root, 'e'), { group: privateGroup() ?? '' });
  const full = connect(small.host);
  onTestFinished(async () => {
    full.dispose();
    await small.stop();
    execFileSync('umount', ['-l', root]);
    fs.rmdirSync(root);
  });
  fs.writeFileSync(path.join(here, 'large'), Buffer.alloc(60_000_000, 'large'));
  const large = execFileSync('tar', ['-C', here, '-c', 'large'], { maxBuffer: 1e8 });
  const words = { kind: 'invalid', message: expect.stringMatching(/disk is full.*Remove/) as string };
  await expect(full.images.import(Readable.from([large]), { reference: NAME })).rejects.toMatchObject(words);
  await expect(full.images.load(Readable.from([large]))).rejects.toMatchObject(words);
  fs.writeFileSync(path.join(here, 'Dockerfile'), 'FROM scratch\nCOPY large /\n');
  const building = full.build.run({ builder: 'engine', context: here, tags: [NAME] });
  await expect(building).rejects.toMatchObject(words);
  expect(await full.images.has(NAME)).toBe(false);
  // There is room again: a small one goes in.
  expect(await full.images.import(Readable.from([folder]), { reference: NAME })).toMatch(/^sha256:/);
});
