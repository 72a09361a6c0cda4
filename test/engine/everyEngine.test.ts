import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { collect } from '../../src/engine/cleanup/collect';
import { CAUTIOUS, freedBytes, propose } from '../../src/engine/cleanup/plan';
import type { Engine } from '../../src/engine/engine';
import { fileAt } from '../../src/engine/lens/fileAt';
import { readLayerFile } from '../../src/engine/lens/layerFile';
import { outlineOf } from '../../src/engine/lens/outline';
import { Paths } from '../../src/engine/lens/paths';
import { readImages, type LensImage } from '../../src/engine/lens/readImages';
import { archiveOf } from '../../src/engine/streams/tar/writer';
import { openArchive } from '../../src/engine/volumes/archiveFile';
import { backupVolume, restoreVolume } from '../../src/engine/volumes/backup';
import { cloneVolume } from '../../src/engine/volumes/clone';
import { emptyVolume } from '../../src/engine/volumes/empty';
import { baseImage, removeLabelled } from '../rig/engine';
import { connect } from './support/connect';

/** What every engine that answers the Docker API does, also where containers cannot be started. */
const LABEL = 'every-engine';
const engine = connect();

afterEach(() => removeLabelled(LABEL));

async function create(on: Engine, name: string): Promise<string> {
  const body = {
    Image: await baseImage(),
    Cmd: ['true'],
    Labels: { 'dev.quayside.test': LABEL, colour: 'blue' },
  };
  return (await on.containers.create({ query: { name }, body })).id;
}

test('a container is created, listed, inspected, renamed and removed, and the model follows', async () => {
  const watch = engine.model.watch('containers', 'images');
  try {
    await expect.poll(() => engine.model.state.kind).toBe('connected');
    const id = await create(engine, 'quayside-every-a');
    const shown = () => engine.model.containers.items.get(id);
    await expect
      .poll(shown)
      .toMatchObject({ name: 'quayside-every-a', state: 'created', labels: { colour: 'blue' } });
    expect(await engine.containers.inspect('quayside-every-a')).toMatchObject({ Id: id });
    await engine.containers.rename(id, 'quayside-every-b');
    await expect.poll(() => shown()?.name).toBe('quayside-every-b');
    await engine.containers.remove(id);
    await expect.poll(shown).toBeUndefined();
  } finally {
    watch.dispose();
  }
});

test('its refusals have kinds and sentences', async () => {
  await create(engine, 'quayside-every-c');
  await expect(engine.containers.inspect('no-such-container')).rejects.toMatchObject({
    kind: 'notFound',
    message: 'The container "no-such-container" is no longer there. It may have been removed.',
  });
  await expect(create(engine, 'quayside-every-c')).rejects.toMatchObject({ kind: 'conflict' });
  await expect(engine.images.inspect('quayside/no-such-image')).rejects.toMatchObject({ kind: 'notFound' });
});

test('an image is listed, tagged, looked into, saved, loaded and removed', async () => {
  const base = await baseImage();
  const tag = await engine.images.tag(base, 'localhost/quayside-every:1');
  expect(tag).toBe('localhost/quayside-every:1');
  expect(await engine.images.inspect(tag)).toHaveProperty('Id');
  expect((await engine.images.history(tag)).length).toBeGreaterThan(0);
  const chunks: Buffer[] = [];
  for await (const chunk of await engine.images.save([tag])) chunks.push(chunk as Buffer);
  await engine.images.remove(tag);
  expect(await engine.images.has(tag)).toBe(false);
  expect(await engine.images.load(Readable.from(chunks))).toContain(tag);
  expect(await engine.images.has(tag)).toBe(true);
  await engine.images.remove(tag);
});

test('an image is seen through, and its layers are those of its history', async () => {
  const outline = await outlineOf(engine, await baseImage());
  expect(outline.rows.some(({ layer, createdBy }) => layer === 0 && createdBy.includes('busybox'))).toBe(
    true,
  );
  const paths = new Paths();
  const [image] = await readImages(engine, [outline], paths);
  expect(image?.layers.map(({ digest }) => digest)).toEqual(outline.layers);
  const [files] = image?.files ?? [];
  const busybox = files?.rowOf(paths.of('/bin/busybox')) ?? -1;
  expect(files?.sizes[busybox]).toBeGreaterThan(500_000);
  const place = fileAt(paths, image as LensImage, 0, '/etc/group');
  const { data } = await readLayerFile(engine, { image: outline.id, ...place }, 1000);
  expect(data.toString()).toBe('root:x:0:\nguest:x:1000:\n');
});

test('what is in a volume goes into a file, comes back, and is cloned', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'quayside-every-'));
  const labels = { 'dev.quayside.test': LABEL };
  const names = ['qs-every-source', 'qs-every-target', 'qs-every-clone'] as const;
  const [source, target, clone] = names;
  try {
    await baseImage();
    for (const name of [source, target]) await engine.volumes.create({ name, labels });
    writeFileSync(
      join(folder, 'given.tar'),
      archiveOf([
        { name: './', type: 'directory', mode: 0o750, uid: 70, gid: 71 },
        {
          name: './file',
          type: 'file',
          mode: 0o640,
          uid: 7,
          gid: 8,
          mtime: 1_600_000_000,
          data: Buffer.from('x'),
        },
        {
          name: './same',
          type: 'link',
          mode: 0o640,
          linkname: './file',
          uid: 7,
          gid: 8,
          mtime: 1_600_000_000,
        },
      ]),
    );
    await restoreVolume(engine, source, join(folder, 'given.tar'));
    await backupVolume(engine, source, join(folder, 'taken.tar'));
    await restoreVolume(engine, target, join(folder, 'taken.tar'));
    await cloneVolume(engine, target, clone);
    await backupVolume(engine, clone, join(folder, 'last.tar'));
    const entries = [];
    for await (const { name, mode, uid, gid, mtime } of await openArchive(join(folder, 'last.tar')))
      entries.push([name, mode, uid, gid, name === './' ? 0 : mtime]);
    // Podman gives all that is copied into a container to its user.
    const podman = JSON.stringify(await engine.system.version()).includes('Podman');
    const owners = (uid: number, gid: number) => (podman ? [0, 0] : [uid, gid]);
    expect(entries).toEqual([
      ['./', 0o750, ...owners(70, 71), 0],
      ['./file', 0o640, ...owners(7, 8), 1_600_000_000],
      ['./same', 0o640, ...owners(7, 8), 1_600_000_000],
    ]);
    await emptyVolume(engine, clone);
    expect(await engine.volumes.inspect(clone)).toMatchObject({ Labels: labels });
  } finally {
    for (const name of names) await engine.volumes.remove(name).catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  }
});

test('the disk is looked at, and what is not in use could go', async () => {
  const id = await create(engine, 'quayside-every-disk');
  const state = await collect(engine);
  expect(state.items.find(({ users }) => users.includes(`containers/${id}`))).toMatchObject({
    kind: 'images',
    size: expect.any(Number) as number,
  });
  const { ticked } = propose(state, CAUTIOUS, Date.now());
  expect(ticked).toContain(`containers/${id}`);
  expect(freedBytes(state, ticked)).toBeGreaterThanOrEqual(0);
});

test('the log of a container that has not run is empty', async () => {
  const id = await create(engine, 'quayside-every-d');
  const { stdout, stderr } = await engine.logs.collect(id);
  expect([stdout.length, stderr.length]).toEqual([0, 0]);
});

test('it says what it is', async () => {
  expect(await engine.system.version()).toHaveProperty('ApiVersion');
  expect(await engine.system.info()).toHaveProperty('NCPU');
});

test('what a prune of containers would take is a plan, and only that goes', async () => {
  const id = await create(engine, 'quayside-every-e');
  const plan = await engine.prune.plan('containers');
  const mine = plan.filter((victim) => victim.id === id);
  expect(mine).toMatchObject([{ kind: 'containers', name: 'quayside-every-e' }]);
  const { removed, refused } = await engine.prune.remove(mine, () => undefined);
  expect([removed.map((victim) => victim.id), refused]).toEqual([[id], []]);
  await expect(engine.containers.inspect(id)).rejects.toMatchObject({ kind: 'notFound' });
});
