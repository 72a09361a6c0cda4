import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { EngineError } from '../../../../src/engine/errors';
import { hostMode, hostTrees } from '../../../../src/engine/files/hostTree';
import { Packer } from '../../../../src/engine/files/pack';
import { Tally } from '../../../../src/engine/files/tally';
import { TarReader } from '../../../../src/engine/streams/tar/reader';
import { readAll } from '../streams/tar/archives';
import { temporary } from './temporary';

async function pack(
  root: string,
  name: string,
  options: { signal?: AbortSignal; onPiece?: (count: number) => void } = {},
): Promise<{ bytes: Buffer; tally: Tally; failure: EngineError | undefined }> {
  const tally = new Tally();
  const packer = new Packer(hostTrees([{ path: root, name }]), tally, options.signal);
  const parts: Buffer[] = [];
  for await (const part of packer.stream) {
    parts.push(part as Buffer);
    options.onPiece?.(parts.length);
  }
  return { bytes: Buffer.concat(parts), tally, failure: packer.failure };
}

function plant(root: string): void {
  fs.mkdirSync(path.join(root, 'sub'), 0o750);
  fs.writeFileSync(path.join(root, 'sub/small'), 'small', { mode: 0o640 });
  fs.writeFileSync(path.join(root, 'sub/large'), Buffer.alloc(700_001, 'l'));
  fs.writeFileSync(path.join(root, 'empty'), '');
  fs.symlinkSync('sub/small', path.join(root, 'soft'));
  fs.linkSync(path.join(root, 'sub/small'), path.join(root, 'twice'));
  fs.utimesSync(path.join(root, 'sub/small'), 1_600_000_000.75, 1_600_000_000.75);
}

describe('a directory of this computer', () => {
  test('is packed with everything in it', async () => {
    const root = temporary();
    plant(root);
    const { bytes, tally, failure } = await pack(root, 'top');
    expect(failure).toBeUndefined();
    expect(tally.copied).toEqual({ files: 5, bytes: 5 + 700_001 });
    const found = new Map((await readAll(bytes)).map((entry) => [entry.name, entry]));
    expect([...found.keys()].sort()).toEqual([
      'top/',
      'top/empty',
      'top/soft',
      'top/sub/',
      'top/sub/large',
      'top/sub/small',
      'top/twice',
    ]);
    expect(found.get('top/soft')).toMatchObject({ type: 'symlink', linkname: 'sub/small' });
    expect(found.get('top/sub/large')?.content).toBe('l'.repeat(700_001));
    const [first, second] = [found.get('top/sub/small'), found.get('top/twice')];
    const [whole, link] = first?.type === 'file' ? [first, second] : [second, first];
    expect(whole).toMatchObject({ type: 'file', content: 'small', mode: 0o640, mtime: 1_600_000_000 });
    expect(link).toMatchObject({ type: 'link', linkname: whole?.name });
  });

  test('as contents alone', async () => {
    const root = temporary();
    fs.writeFileSync(path.join(root, 'x'), 'x');
    expect((await readAll((await pack(`${root}/.`, '.')).bytes)).map(({ name }) => name)).toEqual([
      './',
      './x',
    ]);
  });

  test('keeps names that are not text', async () => {
    const root = temporary();
    const name = Buffer.from([0x61, 0xff]);
    fs.writeFileSync(Buffer.concat([Buffer.from(`${root}/`), name]), 'odd');
    expect((await readAll((await pack(root, 'top')).bytes))[1]).toMatchObject({
      name: 'top/a\udcff',
      content: 'odd',
    });
  });

  test('leaves sockets out and names them', async () => {
    const root = temporary();
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(path.join(root, 'socket'), resolve));
    const { tally, bytes } = await pack(root, 'top');
    server.close();
    expect(tally.copied).toEqual({
      files: 0,
      bytes: 0,
      skipped: [{ path: path.join(root, 'socket'), why: 'socket' }],
    });
    expect(await readAll(bytes)).toHaveLength(1);
  });

  test('can be larger than what is held of it', async () => {
    const root = temporary();
    for (let at = 0; at < 300; at++)
      fs.writeFileSync(path.join(root, `file ${String(at)}`), Buffer.alloc(5000, at));
    const found = await readAll((await pack(root, 'top')).bytes);
    expect(found).toHaveLength(301);
    for (const { name = '', content } of found.slice(1))
      expect(content).toBe(String.fromCharCode(Number(name.slice(9)) % 256).repeat(5000));
  });

  test('a hundred levels deep', async () => {
    const root = temporary();
    fs.mkdirSync(path.join(root, ...Array.from({ length: 100 }, () => 'd')), { recursive: true });
    expect(await readAll((await pack(root, 'top')).bytes)).toHaveLength(101);
  });
});

describe('trouble on the way', () => {
  test('a file cut while it is sent ends the archive early and is named', async () => {
    const root = temporary();
    const file = path.join(root, 'log');
    fs.writeFileSync(file, Buffer.alloc(3_000_000));
    const { bytes, failure } = await pack(file, 'log', {
      onPiece: (count) => {
        if (count === 2) fs.truncateSync(file, 100);
      },
    });
    expect(failure?.kind).toBe('conflict');
    expect(failure?.message).toContain('became shorter');
    await expect(readAll(bytes)).rejects.toThrow('ended too early');
  });

  test('a file that lacks its last bytes is not sent as if it ended in zeros', async () => {
    const file = path.join(temporary(), 'log');
    fs.writeFileSync(file, 'x'.repeat(900));
    const items = [{ path: file, entry: { name: 'log', type: 'file' as const, mode: 0o644, size: 1000 } }];
    const packer = new Packer(items, new Tally());
    const parts: Buffer[] = [];
    for await (const part of packer.stream) parts.push(part as Buffer);
    expect(packer.failure?.kind).toBe('conflict');
    await expect(readAll(Buffer.concat(parts))).rejects.toThrow('ended too early');
  });

  test('a file that grows is sent as long as it was', async () => {
    const root = temporary();
    const file = path.join(root, 'log');
    fs.writeFileSync(file, Buffer.alloc(1_000_000));
    const { bytes, failure } = await pack(file, 'log', {
      onPiece: (count) => {
        if (count === 1) fs.appendFileSync(file, Buffer.alloc(500_000));
      },
    });
    expect(failure).toBeUndefined();
    expect(await readAll(bytes)).toMatchObject([{ size: 1_000_000 }]);
  });

  test('what vanishes is left out', async () => {
    const root = temporary();
    for (let at = 0; at < 9; at++) fs.writeFileSync(path.join(root, `f${String(at)}`), Buffer.alloc(100_000));
    const { bytes, failure } = await pack(root, 'top', {
      onPiece: (count) => {
        if (count === 1) for (let at = 0; at < 9; at++) fs.rmSync(path.join(root, `f${String(at)}`));
      },
    });
    expect(failure).toBeUndefined();
    expect((await readAll(bytes)).length).toBeLessThan(9);
  });

  test.skipIf(process.getuid?.() === 0)(
    'a file nobody may read is named, and the archive is whole',
    async () => {
      const root = temporary();
      fs.writeFileSync(path.join(root, 'secret'), 'x', { mode: 0 });
      const { bytes, failure } = await pack(root, 'top');
      expect(failure?.kind).toBe('denied');
      expect(await readAll(bytes)).toHaveLength(1);
    },
  );

  test('a cancelled one ends between two files in good order', async () => {
    const root = temporary();
    for (let at = 0; at < 2000; at++)
      fs.writeFileSync(path.join(root, `file ${String(at)}`), Buffer.alloc(600));
    const stop = new AbortController();
    const { bytes, failure } = await pack(root, 'top', { signal: stop.signal, onPiece: () => stop.abort() });
    expect(failure?.kind).toBe('cancelled');
    const found = await readAll(bytes);
    expect(found.length).toBeGreaterThan(10);
    expect(found.length).toBeLessThan(1500);
  });

  test('a cancelled one in a large file is cut there, soon', async () => {
    const file = path.join(temporary(), 'large');
    fs.writeFileSync(file, '');
    fs.truncateSync(file, 2 ** 33);
    const stop = new AbortController();
    const { bytes, failure } = await pack(file, 'large', {
      signal: stop.signal,
      onPiece: (count) => {
        if (count === 3) stop.abort();
      },
    });
    expect(failure?.kind).toBe('cancelled');
    expect(bytes.length).toBeLessThan(8 * 1024 * 1024);
  });

  test.skipIf(process.platform !== 'linux')('nothing stays open when nobody wants the rest', async () => {
    const file = path.join(temporary(), 'large');
    fs.writeFileSync(file, Buffer.alloc(5_000_000));
    const open = (): number => fs.readdirSync('/proc/self/fd').length;
    const before = open();
    const packer = new Packer(hostTrees([{ path: file, name: 'large' }]), new Tally());
    for await (const part of packer.stream) if ((part as Buffer).length > 0) break;
    await expect.poll(open).toBe(before);
  });
});

test('sizes over 8 GiB are said right', async () => {
  const file = path.join(temporary(), 'huge');
  fs.writeFileSync(file, '');
  fs.truncateSync(file, 9 * 2 ** 30);
  const packer = new Packer(hostTrees([{ path: file, name: 'huge' }]), new Tally());
  const reader = new TarReader(packer.stream as AsyncIterable<Buffer>);
  expect(await reader.next()).toMatchObject({ name: 'huge', size: 9 * 2 ** 30 });
  await reader.close();
});

test.skipIf(spawnSync('tar', ['--version']).status !== 0)(
  'the system’s tar unpacks it to the same',
  async () => {
    const [root, other] = [temporary(), temporary()];
    plant(root);
    const { bytes } = await pack(root, 'top');
    expect(spawnSync('tar', ['-xpf', '-', '-C', other], { input: bytes }).stderr.toString()).toBe('');
    expect(
      spawnSync('diff', ['-r', '--no-dereference', root, path.join(other, 'top')]).stdout.toString(),
    ).toBe('');
  },
);

test('Windows’ files are executable and not for everybody to write', () => {
  expect(hostMode(0o100666, 'win32')).toBe(0o755);
  expect(hostMode(0o104666, 'linux')).toBe(0o4666);
});
