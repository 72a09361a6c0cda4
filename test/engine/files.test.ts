import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Files } from '../../src/engine/files';
import { archiveOf } from '../../src/engine/streams/tar/writer';
import { ask, docker } from '../rig/engine';
import { created, removeLabelled, started } from './support/box';
import { connect } from './support/connect';

const LABEL = 'files';
const engine = connect();
const files: Files = engine.files;
const here = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-files-'));
let running = '';
let stopped = '';
/** Runs, and has neither a shell nor a tool. */
let bare = '';

const SCRIPT = `
mkdir -p /w/sub /w/closed /w/empty; cd /w
printf content >file; chmod 640 file; chown 7:8 file
printf second >'new
line'; printf x >"quo'te"; printf y >' blank '; : >.hidden
ln -s sub soft; ln -s /w/nowhere broken; ln -s 'a -> b' arrow; mkfifo pipe
printf inner >sub/inner; chmod 1777 sub; touch -d @1600000000 file`;

beforeAll(async () => {
  await removeLabelled(LABEL);
  running = await started(LABEL, { script: `${SCRIPT}; touch /ready; sleep 1000000` });
  await vi.waitFor(() => files.stat(running, '/ready'), { timeout: 20_000, interval: 100 });
  stopped = await created(LABEL, { script: 'true' });
  await files.copyBetween({ id: running, path: '/w' }, { id: stopped, path: '/w' });
  bare = await started(LABEL, {
    script: `${SCRIPT}; rm /bin/find /bin/stat /bin/sh; exec sleep 1000000`,
  });
  await vi.waitFor(() => expect(files.stat(bare, '/bin/sh')).rejects.toThrow(), 20_000);
});

afterAll(async () => {
  engine.dispose();
  await removeLabelled(LABEL);
  fs.rmSync(here, { recursive: true, force: true });
});

const box = (name: string): string => ({ running, stopped, bare })[name] ?? '';

describe('stat', () => {
  test.each(['running', 'stopped'])('says what is there (%s)', async (state) => {
    const id = box(state);
    expect(await files.stat(id, '/w/file')).toMatchObject({
      name: 'file',
      type: 'file',
      size: 7,
      mode: 0o640,
      mtime: 1_600_000_000_000,
    });
    expect(await files.stat(id, '/w/sub')).toMatchObject({ type: 'directory', mode: 0o1777 });
    expect(await files.stat(id, '/w/soft')).toMatchObject({ type: 'symlink', linkTarget: '/w/sub' });
    expect(await files.stat(id, '/w/soft/')).toMatchObject({ type: 'directory' });
    expect(await files.stat(id, '/w/pipe')).toMatchObject({ type: 'fifo' });
    expect(await files.stat(id, '/')).toMatchObject({ type: 'directory' });
  });

  test('tells a missing path from a missing container', async () => {
    await expect(files.stat(running, '/w/no')).rejects.toMatchObject({
      kind: 'notFound',
      message: 'There is no "/w/no" in the container. Check the path.',
    });
    await expect(files.stat('quayside-no-such', '/w')).rejects.toMatchObject({
      kind: 'notFound',
      message: expect.stringContaining('quayside-no-such') as string,
    });
  });
});

describe('list', () => {
  test.each(['running', 'stopped', 'bare'])('shows names, types, owners, links (%s)', async (state) => {
    const { files: found, truncated } = await files.list(box(state), '/w');
    expect(truncated).toBe(false);
    const rows = found.map(({ name, type, size, mode, uid, gid, linkTarget }) => [
      name,
      type,
      type === 'file' ? size : 0,
      type === 'symlink' ? 0 : mode,
      `${String(uid)}:${String(gid)}`,
      linkTarget,
    ]);
    expect(rows.sort()).toEqual([
      [' blank ', 'file', 1, 0o644, '0:0', ''],
      ['.hidden', 'file', 0, 0o644, '0:0', ''],
      ['arrow', 'symlink', 0, 0, '0:0', 'a -> b'],
      ['broken', 'symlink', 0, 0, '0:0', '/w/nowhere'],
      ['closed', 'directory', 0, 0o755, '0:0', ''],
      ['empty', 'directory', 0, 0o755, '0:0', ''],
      ['file', 'file', 7, 0o640, '7:8', ''],
      ['new\nline', 'file', 6, 0o644, '0:0', ''],
      ['pipe', 'fifo', 0, 0o644, '0:0', ''],
      ["quo'te", 'file', 1, 0o644, '0:0', ''],
      ['soft', 'symlink', 0, 0, '0:0', 'sub'],
      ['sub', 'directory', 0, 0o1777, '0:0', ''],
    ]);
    expect(found.find(({ name }) => name === 'file')?.mtime).toBe(1_600_000_000_000);
  });

  test.each(['running', 'stopped', 'bare'])(
    'follows a link to a directory, and an empty one is empty (%s)',
    async (state) => {
      expect((await files.list(box(state), '/w/soft')).files.map(({ name }) => name)).toEqual(['inner']);
      expect((await files.list(box(state), 'w/empty/')).files).toEqual([]);
    },
  );

  test.each(['running', 'stopped', 'bare'])('says what cannot be listed (%s)', async (state) => {
    await expect(files.list(box(state), '/w/no')).rejects.toMatchObject({ kind: 'notFound' });
    await expect(files.list(box(state), '/w/file')).rejects.toMatchObject({
      kind: 'invalid',
    });
  });

  test('stops at a limit and lets go of the container', async () => {
    const { truncated, files: found } = await files.list(stopped, '/', { limit: { names: 20 } });
    expect(truncated).toBe(true);
    expect(found.length).toBeLessThan(20);
    await engine.containers.inspect(stopped, {}, AbortSignal.timeout(5000));
  });

  test('remembers an archive, until something is written', async () => {
    const id = await created(LABEL, { script: 'true' });
    await files.copyBetween({ id: running, path: '/w' }, { id, path: '/w' });
    await files.list(id, '/w');
    // Behind its back: what is remembered is shown.
    await docker('cp', path.join(here, '.'), `${id}:/w/empty`);
    fs.writeFileSync(path.join(here, 'later'), 'x');
    await docker('cp', path.join(here, 'later'), `${id}:/w/sub/later`);
    const names = async (): Promise<string[]> =>
      (await files.list(id, '/w/sub')).files.map(({ name }) => name).sort();
    expect(await names()).toEqual(['inner']);
    files.forget(id);
    expect(await names()).toEqual(['inner', 'later']);
    await files.write(id, '/w/sub/ours', Buffer.from('x'));
    expect(await names()).toEqual(['inner', 'later', 'ours']);
  });

  test('names that are not text come back as they are', async () => {
    await docker('exec', running, 'sh', '-c', `mkdir /w/odd; printf odd >"$(printf '/w/odd/a\\377')"`);
    const [odd] = (await files.list(running, '/w/odd')).files;
    expect(odd?.name).toBe('a\udcff');
  });
});

describe('read', () => {
  test.each(['running', 'stopped', 'bare'])(
    'gives the content, links followed, up to a limit (%s)',
    async (state) => {
      const id = box(state);
      expect(await files.read(id, '/w/file')).toMatchObject({
        data: Buffer.from('content'),
        truncated: false,
        stat: { type: 'file', size: 7 },
      });
      expect((await files.read(id, '/w/soft/inner')).data.toString()).toBe('inner');
      expect(await files.read(id, '/w/file', { limit: 3 })).toMatchObject({
        data: Buffer.from('con'),
        truncated: true,
      });
      expect(await files.read(id, '/w/file', { limit: 7 })).toMatchObject({ truncated: false });
      expect((await files.read(id, '/w/.hidden')).data).toHaveLength(0);
    },
  );

  test('says what is no file', async () => {
    await expect(files.read(running, '/w/sub')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(files.read(running, '/w/pipe')).rejects.toMatchObject({ kind: 'invalid' });
    await expect(files.read(running, '/w/broken')).rejects.toMatchObject({ kind: 'notFound' });
    await expect(files.read(running, '/w/no')).rejects.toMatchObject({ kind: 'notFound' });
  });
});

describe('write', () => {
  test.each(['running', 'stopped', 'bare'])('keeps owner and mode of what is there (%s)', async (state) => {
    const id = box(state);
    await files.write(id, '/w/file', Buffer.from('changed'));
    expect((await files.read(id, '/w/file')).data.toString()).toBe('changed');
    const [found] = (await files.list(id, '/w')).files.filter(({ name }) => name === 'file');
    expect(found).toMatchObject({ mode: 0o640, uid: 7, gid: 8, size: 7 });
    expect(found?.mtime).toBeGreaterThan(Date.now() - 60_000);
  });

  test.each(['running', 'stopped'])('gives a new file to the owner of its directory (%s)', async (state) => {
    const id = box(state);
    await files.unpack(
      id,
      Readable.from([archiveOf([{ name: 'owned/', type: 'directory', mode: 0o700, uid: 55, gid: 66 }])]),
      '/w',
    );
    await files.write(id, '/w/owned/new', Buffer.from([0, 1, 255]));
    expect((await files.list(id, '/w/owned')).files).toMatchObject([
      { name: 'new', uid: 55, gid: 66, mode: 0o644, size: 3 },
    ]);
    expect((await files.read(id, '/w/owned/new')).data).toEqual(Buffer.from([0, 1, 255]));
  });

  test('writes through a link, and in place: hard links stay one file', async () => {
    await docker('exec', running, 'sh', '-c', 'cd /w; echo one >hard1; ln hard1 hard2; ln -s hard1 through');
    await files.write(running, '/w/through', Buffer.from('both'));
    expect((await files.read(running, '/w/hard2')).data.toString()).toBe('both');
    expect(await files.stat(running, '/w/through')).toMatchObject({ type: 'symlink' });
  });

  test('a file that is mounted alone stays mounted', async (context) => {
    const mounted = path.join(here, 'mounted');
    fs.writeFileSync(mounted, 'outside', { mode: 0o600 });
    const id = await started(LABEL, { script: 'sleep 1000000', host: { Binds: [`${mounted}:/mounted`] } });
    if ((await files.stat(id, '/mounted')).type === 'directory')
      return context.skip('the engine has a root of its own and does not see the files of this machine');
    await files.write(id, '/mounted', Buffer.from('inside'));
    expect(fs.readFileSync(mounted, 'utf8')).toBe('inside');
  });

  test('large content arrives whole', async () => {
    const data = Buffer.alloc(5_000_001, 'large ');
    await files.write(running, '/w/large', data);
    await files.write(running, '/w/large', data.subarray(1));
    expect((await files.read(running, '/w/large')).data.equals(data.subarray(1))).toBe(true);
  });

  test('says why it cannot', async () => {
    await expect(files.write(running, '/w/sub', Buffer.from('x'))).rejects.toMatchObject({ kind: 'invalid' });
    await expect(files.write(running, '/no/where', Buffer.from('x'))).rejects.toMatchObject({
      kind: 'notFound',
    });
    const id = await started(LABEL, { script: 'sleep 1000000', host: { ReadonlyRootfs: true } });
    await expect(files.write(id, '/etc/passwd', Buffer.from('x'))).rejects.toMatchObject({ kind: 'denied' });
    await expect(files.write(id, '/etc/new', Buffer.from('x'))).rejects.toMatchObject({ kind: 'denied' });
  });
});

describe('directories, names', () => {
  test.each(['running', 'stopped', 'bare'])('mkdir (%s)', async (state) => {
    const id = box(state);
    await files.mkdir(id, '/w/made');
    expect(await files.stat(id, '/w/made')).toMatchObject({ type: 'directory', mode: 0o755 });
    await expect(files.mkdir(id, '/w/made')).rejects.toMatchObject({ kind: 'conflict' });
    await expect(files.mkdir(id, '/w/no/made')).rejects.toMatchObject({ kind: 'notFound' });
  });

  test('rename, over something only when told to', async () => {
    await docker('exec', running, 'sh', '-c', 'cd /w; echo a >-from; echo b >to; mkdir todir');
    await expect(files.rename(running, '/w/-from', '/w/to')).rejects.toMatchObject({ kind: 'conflict' });
    await files.rename(running, '/w/-from', '/w/to', { overwrite: true });
    expect((await files.read(running, '/w/to')).data.toString()).toBe('a\n');
    await expect(files.rename(running, '/w/to', '/w/todir', { overwrite: true })).rejects.toMatchObject({
      kind: 'conflict',
    });
    await expect(files.rename(running, '/w/no', '/w/other')).rejects.toMatchObject({ kind: 'notFound' });
  });

  test('remove, with what is inside only when told to', async () => {
    await docker('exec', running, 'sh', '-c', 'cd /w; mkdir -p full/inner; ln -s /w/sub link');
    await expect(files.remove(running, '/w/full')).rejects.toMatchObject({ kind: 'conflict' });
    await files.remove(running, '/w/full', { recursive: true });
    await files.remove(running, '/w/link', { recursive: true });
    await expect(files.stat(running, '/w/full')).rejects.toMatchObject({ kind: 'notFound' });
    expect((await files.list(running, '/w/sub')).files.length).toBeGreaterThan(0);
    await expect(files.remove(running, '/', { recursive: true })).rejects.toMatchObject({ kind: 'invalid' });
    await expect(files.remove(running, '/w/..', { recursive: true })).rejects.toMatchObject({
      kind: 'invalid',
    });
  });

  test('a container that does not run, or has no tools, says so', async () => {
    await expect(files.remove(stopped, '/w/file')).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('Start it first') as string,
    });
    await expect(files.rename(stopped, '/w/file', '/w/other')).rejects.toMatchObject({ kind: 'conflict' });
  });
});

test('diff is docker diff', async () => {
  const ours = (await files.diff(running)).map(({ kind, path: at }) => `${kind} ${at}`).sort();
  // A name of two lines is two of the CLI's.
  expect(ours.join('\n').split('\n').sort()).toEqual(
    (await docker('diff', running)).replace(/\n$/, '').split('\n').sort(),
  );
  expect(await files.diff(await created(LABEL, { script: 'true' }))).toEqual([]);
});

describe('copies beside the table', () => {
  test('several files go into a directory alone', async () => {
    for (const name of ['one', 'two']) fs.writeFileSync(path.join(here, name), name);
    const from = [path.join(here, 'one'), path.join(here, 'two')];
    expect(await files.copyTo(running, from, '/w/empty')).toEqual({ files: 2, bytes: 6 });
    await expect(files.copyTo(running, from, '/w/file')).rejects.toMatchObject({ kind: 'conflict' });
    await expect(files.copyTo(running, from, '/w/no')).rejects.toMatchObject({ kind: 'notFound' });
    expect((await files.read(running, '/w/empty/two')).data.toString()).toBe('two');
  });

  test('a copy tells how far it is', async () => {
    const large = path.join(here, 'large');
    fs.writeFileSync(large, Buffer.alloc(60_000_000));
    const seen: { bytes: number; total: number | undefined }[] = [];
    await files.copyTo(running, large, '/w/progress', { onProgress: (done) => seen.push(done) });
    await files.copyFrom(running, '/w/progress', path.join(here, 'back'), {
      onProgress: (done) => seen.push(done),
    });
    expect(seen.length).toBeGreaterThan(1);
    for (const { bytes, total } of seen) {
      expect(total).toBe(60_000_000);
      expect(bytes).toBeGreaterThan(0);
      expect(bytes).toBeLessThanOrEqual(60_000_000);
    }
  });

  test('within one container, without waiting for itself', async () => {
    const copied = await files.copyBetween(
      { id: running, path: '/w/sub' },
      { id: running.slice(0, 12), path: '/w/sub2' },
      {},
      AbortSignal.timeout(20_000),
    );
    expect(copied).toEqual({ files: 1, bytes: 5 });
    expect((await files.read(running, '/w/sub2/inner')).data.toString()).toBe('inner');
    expect(await files.stat(running, '/w/sub2')).toMatchObject({ mode: 0o1777 });
  });

  test('an archive goes in and out as a stream', async () => {
    const archive = archiveOf([
      { name: 'streamed', type: 'file', mode: 0o600, uid: 3, data: Buffer.from('streamed') },
    ]);
    await files.unpack(stopped, Readable.from([archive]), '/w');
    await files.unpack(stopped, Readable.from([gzipSync(archive)]), '/w/empty');
    const { body, stat } = await files.archive(stopped, '/w/empty/streamed');
    expect(stat).toMatchObject({ size: 8, mode: 0o600 });
    const parts: Buffer[] = [];
    for await (const part of body) parts.push(part as Buffer);
    expect(Buffer.concat(parts).includes('streamed')).toBe(true);
    await expect(files.unpack(stopped, Readable.from([archive]), '/w/file')).rejects.toMatchObject({
      kind: 'conflict',
    });
    await expect(files.unpack(stopped, Readable.from([archive]), '/w/no')).rejects.toMatchObject({
      kind: 'notFound',
    });
  });

  test('what is no archive is refused', async () => {
    await expect(
      files.unpack(stopped, Readable.from([Buffer.from('<html>'.repeat(500))]), '/w'),
    ).rejects.toMatchObject({
      kind: 'invalid',
      message: expect.stringContaining('not a whole tar archive') as string,
    });
    await ask('GET', `/containers/${stopped}/json`);
  });
});
