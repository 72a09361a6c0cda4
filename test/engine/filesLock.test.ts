import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { header } from '../unit/engine/streams/tar/archives';
import { created, removeLabelled, started } from './support/box';
import { connect } from './support/connect';

/** A copy holds the container's lock in the engine: whatever becomes of the copy, the lock must be given back. */

const LABEL = 'files-lock';
const engine = connect();
const { files } = engine;
const here = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-lock-'));
const large = path.join(here, 'large');
let id = '';
let other = '';

beforeAll(async () => {
  await removeLabelled(LABEL);
  fs.writeFileSync(large, '');
  fs.truncateSync(large, 2 ** 31);
  fs.mkdirSync(path.join(here, 'many'));
  for (let at = 0; at < 3000; at++) fs.writeFileSync(path.join(here, 'many', String(at)), Buffer.alloc(2000));
  id = await started(LABEL, {
    script: 'mkdir /w; dd if=/dev/zero of=/w/large bs=1M count=300 2>/dev/null; touch /ready; sleep 1000000',
  });
  await vi.waitFor(() => files.stat(id, '/ready'), { timeout: 30_000, interval: 100 });
  other = await created(LABEL, { script: 'true' });
});

afterAll(async () => {
  engine.dispose();
  await removeLabelled(LABEL);
  fs.rmSync(here, { recursive: true, force: true });
});

/** It answers, and soon. */
async function unlocked(which = id): Promise<void> {
  await engine.containers.inspect(which, {}, AbortSignal.timeout(5000));
}

/** An abort once the copy has moved some bytes. */
function afterSomeBytes(): { signal: AbortSignal; onProgress: () => void } {
  const stop = new AbortController();
  return { signal: stop.signal, onProgress: () => stop.abort() };
}

describe('a cancelled copy', () => {
  test('into a container, of one large file', async () => {
    const { signal, onProgress } = afterSomeBytes();
    await expect(files.copyTo(id, large, '/w/in', { onProgress }, signal)).rejects.toMatchObject({
      kind: 'cancelled',
    });
    await unlocked();
  });

  test('into a container, of many files', async () => {
    const { signal, onProgress } = afterSomeBytes();
    await expect(
      files.copyTo(id, path.join(here, 'many'), '/w/many', { onProgress }, signal),
    ).rejects.toMatchObject({ kind: 'cancelled' });
    await unlocked();
  });

  test('into a container, before it began', async () => {
    await expect(files.copyTo(id, large, '/w/in', {}, AbortSignal.abort())).rejects.toMatchObject({
      kind: 'cancelled',
    });
    await unlocked();
  });

  test('out of a container; nothing half is left here', async () => {
    const { signal, onProgress } = afterSomeBytes();
    const to = path.join(here, 'out');
    fs.mkdirSync(to);
    await expect(files.copyFrom(id, '/w/large', to, { onProgress }, signal)).rejects.toMatchObject({
      kind: 'cancelled',
    });
    expect(fs.readdirSync(to)).toEqual([]);
    await unlocked();
  });

  test('between containers', async () => {
    const { signal, onProgress } = afterSomeBytes();
    await expect(
      files.copyBetween({ id, path: '/w/large' }, { id: other, path: '/large' }, { onProgress }, signal),
    ).rejects.toMatchObject({ kind: 'cancelled' });
    await unlocked();
    await unlocked(other);
  });

  test('within a container', async () => {
    const { signal, onProgress } = afterSomeBytes();
    await expect(
      files.copyBetween({ id, path: '/w/large' }, { id, path: '/w/large2' }, { onProgress }, signal),
    ).rejects.toMatchObject({ kind: 'cancelled' });
    await unlocked();
    expect(fs.readdirSync(os.tmpdir()).filter((name) => name.startsWith('quayside-copy-'))).toEqual([]);
  });

  test('of a stream that says nothing any more', async () => {
    const stop = new AbortController();
    const stream = new Readable({ read: () => undefined });
    stream.push(header({ name: 'half', size: 100_000 }));
    const work = files.unpack(id, stream, '/w', {}, stop.signal);
    setTimeout(() => stop.abort(), 200);
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
    expect(stream.destroyed).toBe(true);
    await unlocked();
  });
});

describe('a copy that ends otherwise', () => {
  test('a download that nobody reads on, then destroyed', async () => {
    const { body } = await files.archive(id, '/w/large');
    await new Promise((resolve) => body.once('readable', resolve));
    body.destroy();
    await unlocked();
  });

  test('a place here where it cannot be', async () => {
    fs.mkdirSync(path.join(here, 'taken/large'), { recursive: true });
    await expect(files.copyFrom(id, '/w/large', path.join(here, 'taken'))).rejects.toMatchObject({
      kind: 'conflict',
    });
    await unlocked();
  });

  test('a place in the container where it cannot be', async () => {
    await expect(files.copyTo(id, large, '/w/large/below')).rejects.toThrow();
    await unlocked();
  });

  test('an archive that is cut', async () => {
    const cut = Buffer.concat([header({ name: 'cut', size: 50_000 }), Buffer.alloc(1000)]);
    await expect(files.unpack(id, Readable.from([cut]), '/w')).rejects.toThrow();
    await unlocked();
  });

  test('an archive whose source breaks', async () => {
    const source = Readable.from(
      (async function* () {
        yield header({ name: 'broken', size: 50_000 });
        await Promise.resolve();
        throw new Error('the source broke');
      })(),
    );
    await expect(files.unpack(id, source, '/w')).rejects.toThrow('the source broke');
    await unlocked();
  });

  test('a file cut while it is sent', async () => {
    const log = path.join(here, 'log');
    fs.writeFileSync(log, Buffer.alloc(50_000_000));
    const onProgress = (): void => fs.truncateSync(log, 10);
    await expect(files.copyTo(id, log, '/w/log', { onProgress })).rejects.toThrow('became shorter');
    await unlocked();
  });

  test('a read of the first bytes alone', async () => {
    expect((await files.read(id, '/w/large', { limit: 10 })).truncated).toBe(true);
    await unlocked();
  });

  test('a container that is removed meanwhile', async () => {
    const gone = await created(LABEL, { script: 'true' });
    await engine.containers.remove(gone, { force: true });
    await expect(files.copyTo(gone, large, '/in')).rejects.toMatchObject({ kind: 'notFound' });
    await expect(files.copyFrom(gone, '/bin', path.join(here, 'gone'))).rejects.toMatchObject({
      kind: 'notFound',
    });
    await expect(files.list(gone, '/')).rejects.toMatchObject({ kind: 'notFound' });
    await expect(files.write(gone, '/x', Buffer.from('x'))).rejects.toMatchObject({ kind: 'notFound' });
  });
});
