import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { collect } from '../../src/engine/cleanup/collect';
import { blocked, CAUTIOUS, freedBytes, propose, victimsOf } from '../../src/engine/cleanup/plan';
import { diskSize } from '../../webview/shared/units';
import { ask, baseImage, build, docker, engine as rig, removeLabelled } from '../rig/engine';
import { created, ended } from './support/box';
import { connect } from './support/connect';

const LABEL = 'cleanup';
const engine = connect();
const here = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-cleanup-'));
const random = (kilobytes: number): string => '0123456789abcdef'.repeat(64 * kilobytes);
const images: string[] = [];

/** Bytes as the engine itself adds them up. */
async function held(): Promise<number> {
  const { images: all, containers, volumes, buildCache } = await engine.system.diskUsage();
  return all.size + containers.size + volumes.size + buildCache.size;
}

async function imageKey(tag: string): Promise<string> {
  return `images/${((await ask('GET', `/images/${tag}/json`)) as { Id: string }).Id}`;
}

beforeAll(async () => {
  await removeLabelled(LABEL);
  const base = await baseImage();
  const copy = (name: string, kilobytes: number) => ({ path: name, content: `${name}${random(kilobytes)}` });
  // Two on one ground that nobody else has, so that only both together free it.
  await build('quayside-test/ground:1', `FROM ${base}\nCOPY ground /ground\n`, [copy('ground', 300)]);
  for (const [name, size] of [
    ['one', 100],
    ['two', 200],
  ] as const)
    await build(`quayside-test/${name}:1`, `FROM quayside-test/ground:1\nCOPY ${name} /x\n`, [
      copy(name, size),
    ]);
  await docker('rmi', '--no-prune', 'quayside-test/ground:1');
  images.push(await imageKey('quayside-test/one:1'), await imageKey('quayside-test/two:1'));
});

afterAll(async () => {
  await removeLabelled(LABEL);
  for (const key of images) await ask('DELETE', `/images/${key.slice(7)}?force=1`).catch(() => undefined);
  engine.dispose();
  fs.rmSync(here, { recursive: true, force: true });
});

describe('the planner', () => {
  test('says the bytes that docker system df -v says', async () => {
    await engine.volumes.create({ name: 'qs-cleanup-df', labels: { 'dev.quayside.test': LABEL } });
    await ended(LABEL, {
      script: 'dd if=/dev/zero of=/v/x bs=1000 count=1234 2>/dev/null',
      host: { Binds: ['qs-cleanup-df:/v'] },
    });
    const { items } = await collect(engine);
    const said = await docker('system', 'df', '-v');
    const line = (start: string): string[] =>
      said
        .split('\n')
        .find((one) => one.startsWith(start))
        ?.split(/\s{2,}/) ?? [];
    const one = items.find(({ name }) => name === 'quayside-test/one:1');
    const size = (bytes = 0): string => diskSize(bytes);
    const [, , , , all, shared, unique] = line('quayside-test/one');
    expect([all, shared, unique]).toEqual([
      size(one?.size),
      size(one?.shared),
      size((one?.size ?? 0) - (one?.shared ?? 0)),
    ]);
    const volume = items.find(({ name }) => name === 'qs-cleanup-df');
    expect(volume?.size).toBe(1_234_000);
    expect(line('qs-cleanup-df')[2]?.trim()).toBe(size(1_234_000));
  });

  test('frees to the byte what it has promised: shared layers, containers, volumes', async () => {
    await engine.volumes.create({ name: 'qs-cleanup', labels: { 'dev.quayside.test': LABEL } });
    const user = await ended(LABEL, {
      script:
        'dd if=/dev/zero of=/v/x bs=1000 count=500 2>/dev/null; dd if=/dev/zero of=/own bs=1000 count=70 2>/dev/null',
      host: { Binds: ['qs-cleanup:/v'] },
    });
    // A list may show it as running for a moment longer.
    const look = async () => (await collect(engine)).items.find(({ id }) => id === user)?.busy;
    await expect.poll(look).toBe(false);
    const state = await collect(engine);
    const [one = '', two = ''] = images;
    const alone = freedBytes(state, new Set([one]));
    const both = freedBytes(state, new Set([one, two]));
    // A name and its content, of which both have the ground.
    const [bytesOfOne, bytesOfTwo, bytesOfGround] = [3 + 100 * 1024, 3 + 200 * 1024, 6 + 300 * 1024];
    expect(alone).toBe(bytesOfOne);
    expect(both).toBe(bytesOfOne + bytesOfTwo + bytesOfGround);

    const ticked = new Set([one, two, `containers/${user}`, 'volumes/qs-cleanup']);
    expect([...ticked].filter((key) => blocked(state, ticked).has(key))).toEqual([]);
    expect([...(blocked(state, new Set()).get('volumes/qs-cleanup') ?? [])]).toContain(`containers/${user}`);
    const promised = freedBytes(state, ticked);
    expect(promised).toBe(both + 500_000 + 70_000);
    const before = await held();
    const { removed, refused } = await engine.prune.remove(victimsOf(state, ticked), () => undefined);
    expect(refused).toEqual([]);
    expect(removed.map(({ kind }) => kind)).toEqual(['containers', 'images', 'images', 'volumes']);
    expect(before - (await held())).toBe(promised);
  });

  test('removes nothing that came after it looked, and says what refused', async () => {
    await engine.volumes.create({ name: 'qs-cleanup-late', labels: { 'dev.quayside.test': LABEL } });
    const state = await collect(engine);
    const { ticked } = propose(state, { ...CAUTIOUS, named: false }, Date.now(), new Set(['volumes']));
    expect(ticked).toContain('volumes/qs-cleanup-late');
    await created(LABEL, { script: 'true', host: { Binds: ['qs-cleanup-late:/v'] } });
    await engine.volumes.create({ name: 'qs-cleanup-new', labels: { 'dev.quayside.test': LABEL } });
    const mine = new Set(['volumes/qs-cleanup-late']);
    const { removed, refused } = await engine.prune.remove(victimsOf(state, mine), () => undefined);
    expect(removed).toEqual([]);
    expect(refused).toMatchObject([{ victim: { name: 'qs-cleanup-late' }, error: { kind: 'conflict' } }]);
    await ask('GET', '/volumes/qs-cleanup-new');
  });

  test('build cache goes part by part, what was made on top of others first', async (context) => {
    fs.writeFileSync(path.join(here, 'Dockerfile'), 'FROM scratch\nCOPY a /a\nCOPY b /b\n');
    fs.writeFileSync(path.join(here, 'a'), random(20));
    fs.writeFileSync(path.join(here, 'b'), random(30));
    const env = {
      ...process.env,
      DOCKER_HOST: rig.host,
      DOCKER_BUILDKIT: '1',
      DOCKER_CONFIG: '/nonexistent',
    };
    // The engine's own client, where a newer one that wants a plugin comes first on PATH.
    const client = fs.existsSync('/usr/bin/docker') ? '/usr/bin/docker' : 'docker';
    const built = await promisify(execFile)(client, ['build', '-q', '-t', 'quayside-test/kit:1', here], {
      env,
    }).catch(() => undefined);
    if (!built) return context.skip('this client cannot build with BuildKit');
    const key = await imageKey('quayside-test/kit:1');
    const state = await collect(engine);
    const cache = state.items.filter(({ kind }) => kind === 'buildCache').map((item) => item.key);
    expect(cache.length).toBeGreaterThan(2);
    const before = await held();
    // The image alone frees nothing: the cache has its layers too.
    expect(freedBytes(state, new Set([key]))).toBe(0);
    const ticked = new Set([key, ...cache]);
    const promised = freedBytes(state, ticked);
    expect(promised).toBeGreaterThanOrEqual(2 * 50 * 1024);
    const { refused } = await engine.prune.remove(victimsOf(state, ticked), () => undefined);
    expect(refused).toEqual([]);
    expect(before - (await held())).toBe(promised);
    expect((await engine.prune.plan('buildCache')).length).toBe(0);
  });
});
