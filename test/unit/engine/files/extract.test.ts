import fs from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { EngineError } from '../../../../src/engine/errors';
import { extract } from '../../../../src/engine/files/extract';
import { Tally, type Copied } from '../../../../src/engine/files/tally';
import type { NewEntry } from '../../../../src/engine/streams/tar/encode';
import { TarReader } from '../../../../src/engine/streams/tar/reader';
import { archiveOf } from '../../../../src/engine/streams/tar/writer';
import { END, header, inPieces, member, pax } from '../streams/tar/archives';
import { temporary } from './temporary';

type Entry = NewEntry & { readonly data?: Buffer };

const file = (name: string, content = name, mode = 0o644, mtime = 1_600_000_000): Entry => ({
  name,
  type: 'file',
  mode,
  mtime,
  data: Buffer.from(content),
});
const dir = (name: string, mode = 0o755, mtime = 1_600_000_000): Entry => ({
  name: `${name}/`,
  type: 'directory',
  mode,
  mtime,
});
const symlink = (name: string, linkname: string): Entry => ({ name, type: 'symlink', mode: 0o777, linkname });
const link = (name: string, linkname: string): Entry => ({ name, type: 'link', mode: 0o644, linkname });

/** The destination, and beside it what must never change. */
let root: string;
let outside: string;

beforeEach(() => {
  const directory = temporary();
  root = path.join(directory, 'root');
  outside = path.join(directory, 'outside');
  fs.mkdirSync(root);
  fs.mkdirSync(outside);
  fs.writeFileSync(path.join(outside, 'secret'), 'untouched', { mode: 0o600 });
});

async function unpack(
  entries: readonly Entry[] | Buffer,
  options: { piece?: number; from?: string; to?: string } = {},
): Promise<Copied> {
  const bytes = Buffer.isBuffer(entries) ? entries : archiveOf(entries);
  const tally = new Tally();
  const { from, to } = options;
  const top = from !== undefined && to !== undefined ? { from, to } : undefined;
  await extract(new TarReader(inPieces(bytes, options.piece ?? 1000)), root, { top, tally });
  return tally.copied;
}

const refused = async (entries: readonly Entry[] | Buffer): Promise<EngineError> => {
  const error: unknown = await unpack(entries).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(EngineError);
  return error as EngineError;
};

const text = (name: string): string => fs.readFileSync(path.join(root, name), 'utf8');
const mode = (name: string): number => fs.lstatSync(path.join(root, name)).mode & 0o7777;

function untouched(): void {
  const { mode: bits } = fs.statSync(path.join(outside, 'secret'));
  expect(fs.readdirSync(outside)).toEqual(['secret']);
  expect(fs.readFileSync(path.join(outside, 'secret'), 'utf8')).toBe('untouched');
  expect(bits & 0o7777).toBe(0o600);
  expect(fs.readdirSync(path.dirname(root)).sort()).toEqual(['outside', 'root']);
}

describe('a usual archive', () => {
  test('arrives with content, modes, times and links', async () => {
    const copied = await unpack([
      dir('top', 0o750, 1_500_000_000),
      file('top/one', 'one', 0o640),
      file('top/empty', ''),
      file('top/large', 'x'.repeat(300_000), 0o600, 1_400_000_000),
      dir('top/closed', 0o555),
      file('top/closed/inside'),
      symlink('top/soft', 'one'),
      link('top/hard', 'top/one'),
    ]);
    expect(copied).toEqual({ files: 6, bytes: 3 + 300_000 + 'top/closed/inside'.length });
    expect(text('top/one')).toBe('one');
    expect(text('top/empty')).toBe('');
    expect(text('top/large')).toBe('x'.repeat(300_000));
    expect(text('top/closed/inside')).toBe('top/closed/inside');
    expect([mode('top'), mode('top/one'), mode('top/large'), mode('top/closed')]).toEqual([
      0o750, 0o640, 0o600, 0o555,
    ]);
    expect(fs.readlinkSync(path.join(root, 'top/soft'))).toBe('one');
    expect(fs.statSync(path.join(root, 'top/hard')).ino).toBe(fs.statSync(path.join(root, 'top/one')).ino);
    const times = ['top', 'top/one', 'top/large'].map(
      (name) => fs.statSync(path.join(root, name)).mtimeMs / 1000,
    );
    expect(times).toEqual([1_500_000_000, 1_600_000_000, 1_400_000_000]);
    fs.chmodSync(path.join(root, 'top/closed'), 0o755);
  });

  test('is the same in pieces of any size', async () => {
    for (const piece of [1, 513, 100_000]) {
      await unpack([file('a', 'x'.repeat(5000)), file('b', 'y'.repeat(70_000))], {
        piece: piece === 1 ? 7 : piece,
      });
      expect([text('a').length, text('b').length]).toEqual([5000, 70_000]);
    }
  });

  test('takes another name at its top, hard links with it', async () => {
    await unpack([dir('old'), file('old/one', 'one'), link('old/two', 'old/one')], {
      from: 'old',
      to: 'new',
    });
    expect(fs.readdirSync(root)).toEqual(['new']);
    expect(text('new/two')).toBe('one');
  });

  test('makes directories that it does not name', async () => {
    await unpack([file('a/b/c', 'deep')]);
    expect(text('a/b/c')).toBe('deep');
  });

  test('leaves the destination as it is for `.`, and takes over what `/` says', async () => {
    fs.chmodSync(root, 0o711);
    await unpack([{ name: './', type: 'directory', mode: 0o700 }, file('./x')]);
    expect(fs.statSync(root).mode & 0o777).toBe(0o711);
    await unpack([{ name: '/', type: 'directory', mode: 0o755 }, file('/x')]);
    expect(fs.statSync(root).mode & 0o777).toBe(0o755);
  });

  test('replaces what is there: a file, and a link instead of what it points to', async () => {
    fs.writeFileSync(path.join(root, 'file'), 'old', { mode: 0o777 });
    fs.symlinkSync(path.join(outside, 'secret'), path.join(root, 'soft'));
    fs.linkSync(path.join(outside, 'secret'), path.join(root, 'hard'));
    const large = 'z'.repeat(100_000);
    await unpack([file('file', 'new', 0o600), file('soft', 'small'), file('hard', large)]);
    expect([text('file'), text('soft'), text('hard')]).toEqual(['new', 'small', large]);
    expect(mode('file')).toBe(0o600);
    expect(fs.lstatSync(path.join(root, 'soft')).isFile()).toBe(true);
    untouched();
  });

  test('merges into a directory that is there', async () => {
    fs.mkdirSync(path.join(root, 'dir'), 0o700);
    fs.writeFileSync(path.join(root, 'dir/kept'), 'kept');
    await unpack([dir('dir', 0o711), file('dir/new')]);
    expect(fs.readdirSync(path.join(root, 'dir')).sort()).toEqual(['kept', 'new']);
    expect(mode('dir')).toBe(0o711);
  });

  test('twice the same name: the last one stays', async () => {
    await unpack([
      file('a', 'first'),
      file('a', 'second'),
      symlink('b', 'a'),
      symlink('b', 'elsewhere'),
      link('a', 'a'),
    ]);
    expect(text('a')).toBe('second');
    expect(fs.readlinkSync(path.join(root, 'b'))).toBe('elsewhere');
    expect(fs.readdirSync(root).sort()).toEqual(['a', 'b']);
  });

  test('twice the same directory: it is what was said last', async () => {
    await unpack([dir('d', 0o700, 5), file('d/x'), dir('d', 0o711, 7)]);
    expect(mode('d')).toBe(0o711);
    expect(fs.statSync(path.join(root, 'd')).mtimeMs).toBe(7000);
  });

  test('a hard link to a symbolic link is the same link', async () => {
    await unpack([symlink('soft', 'nowhere'), link('other', 'soft')]);
    expect(fs.readlinkSync(path.join(root, 'other'))).toBe('nowhere');
    // Made anew: some systems would make a link to what it points to, which may be anywhere.
    expect(fs.lstatSync(path.join(root, 'soft')).nlink).toBe(1);
  });

  test('times that no disk holds become 1970', async () => {
    await unpack([
      { ...file('before', 'x'), mtime: -100 },
      { ...file('after', 'x'), mtime: 2 ** 50 },
    ]);
    expect(['before', 'after'].map((name) => fs.statSync(path.join(root, name)).mtimeMs)).toEqual([0, 0]);
  });
});

describe('an archive that means harm writes nothing outside', () => {
  const hostile: Record<string, readonly Entry[] | Buffer> = {
    'a name above': [file('../outside/secret', 'evil')],
    'a name far above': [file('../../../../../../../../tmp/quayside-evil', 'evil')],
    'a name that goes down and up': [file('a/../../outside/secret', 'evil')],
    'a directory above': [dir('../outside/new')],
    'a link above': [symlink('../outside/new', 'x')],
    'a hard link above': [file('x'), link('../outside/new', 'x')],
    'a hard link to something above': [link('grab', '../outside/secret')],
    'a symbolic link that leads out': [symlink('out', '../outside')],
    'a symbolic link that leads out by going down first': [dir('a'), symlink('a/out', '../../outside')],
    'a PAX name above': Buffer.concat([pax({ path: '../outside/secret' }), member({}, 'evil'), END]),
    'a GNU name above': Buffer.concat([
      member({ flag: 'L' }, '../outside/secret\0'),
      member({}, 'evil'),
      END,
    ]),
    'a PAX link above': Buffer.concat([
      pax({ linkpath: '../outside/secret' }),
      member({ name: 'l', flag: '1' }),
      END,
    ]),
  };

  test.each(Object.entries(hostile))('%s', async (_, entries) => {
    const error = await refused(entries);
    expect(['invalid', 'protocol']).toContain(error.kind);
    untouched();
    expect(fs.existsSync('/tmp/quayside-evil')).toBe(false);
  });

  test('an absolute name counts from the destination', async () => {
    const name = path.join(outside, 'secret');
    await unpack([file(name, 'evil')]);
    expect(text(name.slice(1))).toBe('evil');
    untouched();
  });

  test('an absolute hard link counts from the destination as well', async () => {
    const error = await refused([link('grab', path.join(outside, 'secret'))]);
    expect(error.message).toContain('does not hold');
    expect(fs.readdirSync(root)).toEqual([]);
    untouched();
  });

  test.each([
    ['a file', file('way/secret', 'evil')],
    ['a large file', file('way/secret', 'evil'.repeat(50_000))],
    ['a new file', file('way/new', 'evil')],
    ['a directory', dir('way/new')],
    ['a file deeper down', file('way/new/deep', 'evil')],
    ['a symbolic link', symlink('way/new', 'x')],
    ['a hard link', link('way/new', 'file')],
    ['a hard link from there', link('grab', 'way/secret')],
  ])('%s through a link that the archive brought', async (_, entry) => {
    const error = await refused([file('file'), symlink('way', outside), entry]);
    expect(error.message).toContain('outside of the destination');
    untouched();
  });

  test('nor through a link that was there', async () => {
    fs.symlinkSync(outside, path.join(root, 'way'));
    await refused([file('way/secret', 'evil')]);
    await refused([dir('way'), file('way/secret', 'evil')]);
    untouched();
  });

  test('nor through a directory that is made a link on the way', async () => {
    const error = await refused([dir('a'), file('a/x'), symlink('a', outside), file('a/secret', 'evil')]);
    expect(error.kind).toBe('conflict');
    untouched();
  });

  test('nor by the mode or time of a link', async () => {
    await unpack([symlink('way', path.join(outside, 'secret'))]);
    await refused([{ ...dir('way', 0o777), mtime: 5 }]);
    await unpack([{ ...link('again', 'way'), mode: 0o777, mtime: 5 }]);
    untouched();
  });

  test('devices and fifos are left out and named', async () => {
    const copied = await unpack([
      { name: 'sda', type: 'block', mode: 0o666, devmajor: 8, devminor: 0 },
      { name: 'mem', type: 'character', mode: 0o666, devmajor: 1, devminor: 1 },
      { name: 'pipe', type: 'fifo', mode: 0o666 },
      file('kept'),
    ]);
    expect(copied.skipped).toEqual([
      { path: 'sda', why: 'device' },
      { path: 'mem', why: 'device' },
      { path: 'pipe', why: 'fifo' },
    ]);
    expect(copied.files).toBe(1);
    expect(fs.readdirSync(root)).toEqual(['kept']);
  });

  test('setuid and setgid do not come along', async () => {
    await unpack([file('root-shell', 'x', 0o6755), file('large', 'x'.repeat(100_000), 0o6711)]);
    expect([mode('root-shell'), mode('large')]).toEqual([0o755, 0o711]);
  });

  test('a terabyte that is not there is an error, and leaves nothing', async () => {
    const size = Buffer.from([0x80, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0]);
    const error = await refused(Buffer.concat([header({ name: 'huge', size }), Buffer.alloc(200_000)]));
    expect(error.kind).toBe('protocol');
    expect(fs.readdirSync(root)).toEqual([]);
  });

  test('a path ten thousand deep is refused before anything is made', async () => {
    const deep = Array.from({ length: 10_000 }, () => 'd').join('/');
    expect((await refused([file(deep)])).message).toContain('too long');
    expect((await refused([dir(deep)])).kind).toBe('invalid');
    expect(fs.readdirSync(root)).toEqual([]);
  });

  test('a name too long for the disk is an error of ours', async () => {
    expect((await refused([file('n'.repeat(300))])).kind).toBe('invalid');
  });

  test('directories that lose their permission do not stop the rest', async () => {
    await unpack([dir('a', 0o000), dir('a/b', 0o000), file('a/b/c')]);
    expect(mode('a')).toBe(0);
    fs.chmodSync(path.join(root, 'a'), 0o700);
    fs.chmodSync(path.join(root, 'a/b'), 0o700);
    expect(text('a/b/c')).toBe('a/b/c');
  });

  test('no archive of any names and links', async () => {
    const name = fc
      .array(fc.constantFrom('..', '.', 'a', 'b', 'way', ''), { minLength: 1, maxLength: 6 })
      .map((parts) => parts.join('/'));
    const target = fc.oneof(
      name,
      fc.constant('/'),
      fc.constant('../outside'),
      fc.constant('../outside/secret'),
    );
    const entry = fc.oneof(
      name.map((at) => file(at, 'evil')),
      name.map((at) => dir(at)),
      fc.tuple(name, target).map(([at, to]) => symlink(at, to)),
      fc.tuple(name, target).map(([at, to]) => link(at, to)),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 2, maxLength: 8 }), async (entries) => {
        fs.rmSync(root, { recursive: true, force: true });
        fs.mkdirSync(root);
        await unpack(entries).catch((error: unknown) => expect(error).toBeInstanceOf(EngineError));
        untouched();
      }),
      { numRuns: 300 },
    );
  });
});

describe('what is in the way', () => {
  test('a directory of a file’s name stays', async () => {
    fs.mkdirSync(path.join(root, 'x'));
    for (const entry of [file('x'), file('x', 'y'.repeat(100_000)), symlink('x', 'y')])
      expect((await refused([entry])).kind).toBe('conflict');
    expect(fs.readdirSync(root)).toEqual(['x']);
  });

  test('a file of a directory’s name stays', async () => {
    fs.writeFileSync(path.join(root, 'x'), 'kept');
    expect((await refused([dir('x')])).kind).toBe('conflict');
    expect(text('x')).toBe('kept');
  });
});

describe('a copy that breaks off', () => {
  const half = archiveOf([file('large', 'n'.repeat(300_000))]).subarray(0, 150_000);

  test('leaves no half file, and the old one', async () => {
    fs.writeFileSync(path.join(root, 'large'), 'old');
    expect((await refused(half)).kind).toBe('protocol');
    expect(fs.readdirSync(root)).toEqual(['large']);
    expect(text('large')).toBe('old');
  });

  test('still gives directories the modes they were to have', async () => {
    const bytes = Buffer.concat([archiveOf([dir('d', 0o755)]).subarray(0, 512), half]);
    await refused(bytes);
    expect(mode('d')).toBe(0o755);
  });

  test('destroys its source', async () => {
    let closed = false;
    const source = (async function* () {
      try {
        yield* inPieces(archiveOf([file('../x'), file('y')]), 512);
      } finally {
        closed = true;
      }
    })();
    await expect(extract(new TarReader(source), root, { tally: new Tally() })).rejects.toThrow(EngineError);
    expect(closed).toBe(true);
  });

  test('by the user says so', async () => {
    const stop = new AbortController();
    const source = (async function* () {
      yield archiveOf([file('one')]).subarray(0, 1024);
      stop.abort();
      await Promise.resolve();
      yield archiveOf([file('two')]);
    })();
    const work = extract(new TarReader(source), root, { tally: new Tally(), signal: stop.signal });
    await expect(work).rejects.toMatchObject({ kind: 'cancelled' });
    expect(fs.readdirSync(root)).toEqual(['one']);
  });
});
