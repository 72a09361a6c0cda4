import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { archiveOf } from '../../src/engine/streams/tar/writer';
import { backupVolume, restoreVolume } from '../../src/engine/volumes/backup';
import { cloneVolume, inPlace } from '../../src/engine/volumes/clone';
import { emptyVolume } from '../../src/engine/volumes/empty';
import { withVolume } from '../../src/engine/volumes/helper';
import { ask, engine as rig } from '../rig/engine';
import { ended, labelled, removeLabelled, started } from './support/box';
import { connect } from './support/connect';

const LABEL = 'volumes';
const engine = connect();
const here = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-volumes-'));
const file = (name: string): string => path.join(here, name);
let made = 0;

const SCRIPT = `
cd /v; chown 70:71 .; chmod 0750 .
mkdir -p sub/deep empty; printf content >sub/file; chown 7:8 sub/file; chmod 4640 sub/file
ln sub/file sub/hard; ln -s ../sub/file deep-link; ln -s /nowhere broken; mkfifo pipe
printf x >'with space'; printf y >.hidden; printf z >..odd; chmod 1777 sub/deep
touch -d @1600000000 sub/file empty`;

/** Every entry with all that is to be kept of it, as the engine itself tells through another container. */
const LOOK = `cd /v && find . | sort | while read -r f; do stat -c '%n %F %a %u:%g %s %Y %h' "$f"; done; readlink deep-link; readlink broken; cat sub/file`;

async function volume(options: object = {}): Promise<string> {
  const { name } = await engine.volumes.create({
    name: `qs-volumes-${++made}`,
    labels: { 'dev.quayside.test': LABEL },
    ...options,
  });
  return name;
}

const mounted = (name: string) => ({ Binds: [`${name}:/v`] });

/** What a shell command prints in a container that has the volume. */
async function inside(name: string, script: string): Promise<string> {
  const id = await ended(LABEL, { script, host: mounted(name) });
  let out = '';
  for await (const chunk of await engine.requests.stream('GET', `/containers/${id}/logs`, {
    query: { stdout: true, stderr: true },
  })) {
    const frame = chunk as Buffer;
    for (let at = 0; at + 8 <= frame.length; at += 8 + frame.readUInt32BE(at + 4))
      out += frame.toString('utf8', at + 8, at + 8 + frame.readUInt32BE(at + 4));
  }
  await ask('DELETE', `/containers/${id}?force=1`);
  return out;
}

async function helpers(): Promise<number> {
  const filters = encodeURIComponent(JSON.stringify({ label: ['dev.quayside.helper'] }));
  return ((await ask('GET', `/containers/json?all=1&filters=${filters}`)) as unknown[]).length;
}

let source = '';
let looks = '';

beforeAll(async () => {
  await removeLabelled(LABEL);
  source = await volume();
  await inside(source, SCRIPT);
  // What is read of a directory does not change what is compared: only times of files are set by hand.
  looks = await inside(source, LOOK);
  expect(looks).toContain('./sub/file regular file 4640 7:8 7 1600000000 2');
  expect(looks).toMatch(/^\. directory 750 70:71 /);
});

afterAll(async () => {
  await removeLabelled(LABEL);
  expect(await helpers()).toBe(0);
  engine.dispose();
  fs.rmSync(here, { recursive: true, force: true });
});

describe('a backup', () => {
  test.each(['all.tar', 'all.tar.gz'])('is what tar makes of the content (%s)', async (name) => {
    const { files, bytes } = await backupVolume(engine, source, file(name));
    expect(bytes).toBe(7 + 1 + 1 + 1);
    expect(files).toBe(8);
    const listed = execFileSync('tar', ['--numeric-owner', '-tvf', file(name)], { encoding: 'utf8' });
    expect(listed).toMatch(/drwxr-x--- 70\/71 +0 .* \.\/\n/);
    expect(listed).toMatch(/-rwSr----- 7\/8 +7 2020-09-13 .* \.\/sub\/file\n/);
    expect(listed).toMatch(/link to \.\/sub\/(?:file|hard)\n/);
    expect(listed).toMatch(/\.\/deep-link -> \.\.\/sub\/file\n/);
    expect(fs.statSync(file(name)).mode & 0o777).toBe(0o600);
  });

  test.each(['all.tar', 'all.tar.gz'])(
    'comes back with owners, modes, times and links (%s)',
    async (name) => {
      const target = await volume();
      await restoreVolume(engine, target, file(name));
      expect(await inside(target, LOOK)).toBe(looks);
    },
  );

  test('made by GNU tar comes back too, and replaces what has its names only', async () => {
    const target = await volume();
    await inside(target, 'mkdir /v/sub; echo other >/v/sub/file; echo stays >/v/mine');
    fs.mkdirSync(file('host/sub'), { recursive: true });
    fs.writeFileSync(file('host/sub/file'), 'new');
    execFileSync('tar', ['-C', file('host'), '-cf', file('gnu.tar'), 'sub']);
    await restoreVolume(engine, target, file('gnu.tar'));
    expect(await inside(target, 'cat /v/sub/file /v/mine')).toBe('newstays\n');
  });

  test('capabilities of programs are kept', async () => {
    const caps = Buffer.from('0100000200040000000000000000000000000000', 'hex');
    const xattrs = new Map([['security.capability', caps]]);
    const entry = { name: './ping', type: 'file', mode: 0o755, xattrs, data: Buffer.from('x') } as const;
    fs.writeFileSync(file('caps.tar'), archiveOf([entry]));
    const target = await volume();
    await restoreVolume(engine, target, file('caps.tar'));
    await backupVolume(engine, target, file('caps-again.tar'));
    const listed = execFileSync('tar', ['--xattrs', '--xattrs-include=*', '-tvvf', file('caps-again.tar')], {
      encoding: 'utf8',
    });
    expect(listed).toContain('security.capability');
  });

  test.skipIf(rig.shared)(
    'other extended attributes of the archive come into the volume',
    async (context) => {
      const xattrs = new Map([['user.note', Buffer.from('hello')]]);
      const entry = { name: './noted', type: 'file', mode: 0o644, xattrs, data: Buffer.from('x') } as const;
      fs.writeFileSync(file('noted.tar'), archiveOf([entry]));
      const target = await volume();
      await restoreVolume(engine, target, file('noted.tar'));
      // No command of busybox tells them, so the files are looked at where the engine keeps them.
      const { Mountpoint } = (await ask('GET', `/volumes/${target}`)) as { Mountpoint: string };
      if (!fs.existsSync(Mountpoint)) context.skip('the engine keeps its files in a root of its own');
      const made = execFileSync('tar', ['--xattrs', '-C', Mountpoint, '-c', 'noted'], { encoding: 'latin1' });
      expect(made).toContain('SCHILY.xattr.user.note=hello');
    },
  );

  test.each([
    ['cut', (whole: Buffer) => whole.subarray(0, 1500)],
    ['garbled', (whole: Buffer) => Buffer.from(whole.map((byte) => byte ^ 0x55))],
    ['empty', () => Buffer.alloc(0)],
    ['xz', () => Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0])],
    ['outside', () => archiveOf([{ name: '../../etc/passwd', type: 'file', mode: 0o644 }])],
  ])('that is no whole archive changes nothing (%s)', async (name, spoil) => {
    const target = await volume();
    await inside(target, 'echo stays >/v/mine');
    fs.writeFileSync(file(`${name}.tar`), spoil(fs.readFileSync(file('all.tar'))));
    await expect(restoreVolume(engine, target, file(`${name}.tar`))).rejects.toMatchObject({
      kind: 'invalid',
    });
    expect(await inside(target, 'ls -A /v')).toBe('mine\n');
    expect(await helpers()).toBe(0);
  });

  test('that is cancelled leaves no file and no helper', async () => {
    const large = await volume();
    await inside(large, 'dd if=/dev/zero of=/v/large bs=1M count=200 2>/dev/null');
    const stop = new AbortController();
    const work = backupVolume(engine, large, file('large.tar'), () => stop.abort(), stop.signal);
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
    expect(fs.readdirSync(here).filter((name) => /large|quayside-/.test(name))).toEqual([]);
    expect(await helpers()).toBe(0);
    await engine.volumes.remove(large);
  });

  test('of a volume that is not there says so and makes none', async () => {
    await expect(backupVolume(engine, 'qs-no-volume', file('no.tar'))).rejects.toMatchObject({
      kind: 'notFound',
    });
    await expect(ask('GET', '/volumes/qs-no-volume')).rejects.toThrow();
  });
});

describe('a clone', () => {
  test('has everything, the root’s owner and mode too', async () => {
    const name = `qs-volumes-${++made}`;
    await cloneVolume(engine, source, name);
    expect(await inside(name, LOOK)).toBe(looks);
  });

  test('is never put into a volume that is there', async () => {
    const taken = await volume();
    await inside(taken, 'echo mine >/v/mine');
    await expect(cloneVolume(engine, source, taken)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await inside(taken, 'ls -A /v')).toBe('mine\n');
  });

  test('that is cancelled leaves no volume', async () => {
    const stop = new AbortController();
    const work = cloneVolume(engine, source, 'qs-volumes-cancelled', undefined, stop.signal);
    stop.abort();
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
    await expect(ask('GET', '/volumes/qs-volumes-cancelled')).rejects.toThrow();
    expect(await helpers()).toBe(0);
  });
});

describe('emptying', () => {
  test('leaves the volume as it was, without a file', async () => {
    const name = await volume();
    await inside(name, SCRIPT);
    await emptyVolume(engine, name);
    expect(await inside(name, 'ls -A /v')).toBe('');
    expect(((await ask('GET', `/volumes/${name}`)) as { Labels: object }).Labels).toEqual({
      'dev.quayside.test': LABEL,
    });
  });

  test('works where a stopped container uses it, and names hidden and odd', async () => {
    const name = await volume();
    await ended(LABEL, { script: SCRIPT, host: mounted(name) });
    await emptyVolume(engine, name);
    expect(await inside(name, 'ls -A /v')).toBe('');
    expect(await helpers()).toBe(0);
  });

  test('is refused while a running container uses it, which is named', async () => {
    const name = await volume();
    await started(LABEL, {
      script: 'echo x >/v/x; sleep 1000',
      host: mounted(name),
      name: 'qs-volumes-writer',
    });
    await expect(emptyVolume(engine, name)).rejects.toMatchObject({
      kind: 'conflict',
      message: expect.stringContaining('qs-volumes-writer') as string,
    });
  });
});

describe('the helper', () => {
  test('has no network, never runs, cannot write unless it is to, and goes when the work fails', async () => {
    const work = withVolume(engine, source, {}, async (id) => {
      const found = (await ask('GET', `/containers/${id}/json`)) as {
        State: { Status: string };
        HostConfig: { NetworkMode: string };
        Mounts: { RW: boolean }[];
      };
      expect(found.State.Status).toBe('created');
      expect(found.HostConfig.NetworkMode).toBe('none');
      expect(found.Mounts.map(({ RW }) => RW)).toEqual([false]);
      await engine.files.unpack(
        id,
        (await engine.files.archive(id, inPlace('/sub'))).body,
        inPlace('/empty'),
      );
    });
    await expect(work).rejects.toMatchObject({
      message: expect.not.stringContaining('quayside-volume') as string,
    });
    expect(await helpers()).toBe(0);
    expect(await labelled('nothing')).toEqual([]);
  });
});
