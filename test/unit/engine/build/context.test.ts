import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openContext } from '../../../../src/engine/build/context';
import { summarise } from '../../../../src/engine/build/summary';
import { Packer } from '../../../../src/engine/files/pack';
import { Tally } from '../../../../src/engine/files/tally';
import { readAll } from '../streams/tar/archives';
import { temporary } from '../files/temporary';

function plant(files: Readonly<Record<string, string>>): string {
  const root = fs.realpathSync(temporary());
  for (const [name, content] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    fs.writeFileSync(path.join(root, name), content);
    // Everybody else's files are nobody's but their own already.
    if (process.getuid?.() === 0) fs.chownSync(path.join(root, name), 1234, 4321);
  }
  return root;
}

/** What is sent, name and content. */
async function sent(context: string, dockerfile?: string): Promise<Record<string, string>> {
  const opened = await openContext({ context, ...(dockerfile !== undefined && { dockerfile }) });
  const packer = new Packer(opened.items(), new Tally(), undefined, { breaks: true });
  const parts: Buffer[] = [];
  for await (const part of packer.stream) parts.push(part as Buffer);
  const entries = await readAll(Buffer.concat(parts));
  expect(entries.every(({ uid, gid }) => uid === 0 && gid === 0)).toBe(true);
  return Object.fromEntries(entries.map(({ name = '', content }) => [name, content]));
}

const FROM = 'FROM x\n';

describe('what is sent', () => {
  test('is all of the folder, without the folder itself', async () => {
    const root = plant({ Dockerfile: FROM, 'a/b/c': 'c' });
    expect(Object.keys(await sent(root)).sort()).toEqual(['Dockerfile', 'a/', 'a/b/', 'a/b/c']);
  });

  test('is the Dockerfile and the ignore file, whatever that says', async () => {
    const root = plant({ Dockerfile: FROM, '.dockerignore': '*', a: '' });
    expect(await sent(root)).toEqual({ Dockerfile: FROM, '.dockerignore': '*' });
  });

  test('is the Dockerfile of a folder that is left out, without the folder', async () => {
    const root = plant({ 'sub/Dockerfile': FROM, 'sub/a': '', '.dockerignore': 'sub' });
    expect(Object.keys(await sent(root, 'sub/Dockerfile')).sort()).toEqual([
      '.dockerignore',
      'sub/Dockerfile',
    ]);
  });

  test('is no socket', async () => {
    const root = plant({ Dockerfile: FROM });
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(path.join(root, 'socket'), resolve));
    expect(Object.keys(await sent(root))).toEqual(['Dockerfile']);
    server.close();
  });
});

describe('an ignore file of the Dockerfile’s own', () => {
  const files = { 'x.Dockerfile': FROM, 'x.Dockerfile.dockerignore': 'b\n', a: 'a', b: 'b' };

  test('is followed instead of the common one', async () => {
    const root = plant({ ...files, '.dockerignore': 'a\n' });
    expect(Object.keys(await sent(root, 'x.Dockerfile')).sort()).toEqual([
      '.dockerignore',
      'a',
      'x.Dockerfile',
      'x.Dockerfile.dockerignore',
    ]);
    expect(Object.keys(await sent(root, 'a')).sort()).not.toContain('a.dockerignore');
  });

  // The engine reads `.dockerignore` alone to learn which of the two it must take out again.
  test.each([
    ['says the same: nothing is changed', 'a\n', 'b\n', 'a\n'],
    [
      'keeps what the common one leaves out',
      '*.Dockerfile\n',
      'b\n',
      '*.Dockerfile\n\n!.dockerignore\n!x.Dockerfile\n',
    ],
    ['leaves out what the common one keeps', 'a\n', 'x.Dockerfile\n', 'a\n\n!.dockerignore\nx.Dockerfile\n'],
    ['leaves both out', 'a\n', '*\n', 'a\n\n.dockerignore\nx.Dockerfile\n'],
    [
      'leaves the Dockerfile out, and there is no common one',
      undefined,
      '*\n',
      '.dockerignore\nx.Dockerfile\n',
    ],
    ['keeps both, and there is no common one', undefined, 'b\n', undefined],
    ['keeps both, and the common one is none', '[\n', 'b\n', '[\n'],
  ])('%s', async (_, common, own, expected) => {
    const root = plant({
      ...files,
      'x.Dockerfile.dockerignore': own,
      ...(common !== undefined && { '.dockerignore': common }),
    });
    expect((await sent(root, 'x.Dockerfile'))['.dockerignore']).toBe(expected);
  });

  test('with a name that means more as a pattern', async () => {
    const root = plant({ '#[x]*\\': FROM, '#[x]*\\.dockerignore': '*\n' });
    expect((await sent(root, '#[x]*\\'))['.dockerignore']).toBe('.dockerignore\n\\#\\[x\\]\\*\\\\\n');
  });
});

describe('the Dockerfile', () => {
  test('is named by its path in the context', async () => {
    const root = plant({ 'sub/my': FROM });
    for (const dockerfile of ['sub/my', path.join(root, 'sub/my'), './sub/../sub/my'])
      expect((await openContext({ context: root, dockerfile })).dockerfile).toMatchObject({
        name: 'sub/my',
        text: FROM,
      });
  });

  test('may be written in small letters when it is not named', async () => {
    expect((await openContext({ context: plant({ dockerfile: FROM }) })).dockerfile.name).toBe('dockerfile');
    const both = plant({ dockerfile: 'FROM y\n', Dockerfile: FROM });
    expect((await openContext({ context: both })).dockerfile.text).toBe(FROM);
  });

  test('may be a link; what it leads to is sent', async () => {
    const root = plant({ 'real/one': FROM });
    fs.symlinkSync('real/one', path.join(root, 'Dockerfile'));
    expect((await openContext({ context: root })).dockerfile.name).toBe('real/one');
  });

  test('may lie outside, also behind a link', async () => {
    const outside = path.join(plant({ some: FROM }), 'some');
    const root = plant({ a: 'a' });
    fs.symlinkSync(outside, path.join(root, 'Dockerfile'));
    const found = await sent(root);
    const name = Object.keys(found).find((one) => one.startsWith('.dockerfile.')) ?? '';
    expect(found[name]).toBe(FROM);
    expect(found['.dockerignore']).toBe(`.dockerignore\n${name}\n`);
  });

  test.each([
    [{ context: '/nonexistent' }, 'notFound', '/nonexistent'],
    [{ dockerfile: 'none' }, 'notFound', 'no Dockerfile at'],
    [{ dockerfile: 'sub' }, 'invalid', 'is no file'],
  ])('that is none: %j', async (options, kind, words) => {
    const root = plant({ 'sub/a': '' });
    await expect(openContext({ context: root, ...options })).rejects.toMatchObject({
      kind,
      message: expect.stringContaining(words) as string,
    });
    await expect(openContext({ context: path.join(root, 'sub/a') })).rejects.toMatchObject({
      kind: 'invalid',
    });
  });
});

describe('a summary', () => {
  test('counts what is sent and what is not', async () => {
    const root = plant({
      Dockerfile: FROM,
      '.dockerignore': 'ignored\n!ignored/kept\n!**/never',
      small: '1',
      'sub/large': '12345',
      'ignored/a': '123',
      'ignored/deep/b': '12',
      'ignored/deep/never': '1234567',
      'ignored/kept': '1234',
    });
    expect(await summarise(await openContext({ context: root }))).toEqual({
      files: 5,
      bytes: 7 + 31 + 1 + 5 + 4,
      largest: [
        { path: '.dockerignore', bytes: 31 },
        { path: 'Dockerfile', bytes: 7 },
        { path: 'sub/large', bytes: 5 },
        { path: 'ignored/kept', bytes: 4 },
        { path: 'small', bytes: 1 },
      ],
      largestFolders: [
        { path: 'sub', files: 1, bytes: 5 },
        { path: 'ignored', files: 1, bytes: 4 },
      ],
      ignoredFiles: 3,
      ignoredBytes: 12,
      ignoredBy: [{ pattern: 'ignored', files: 3, bytes: 12 }],
    });
  });

  test('says which pattern has decided, and what of folders is how large', async () => {
    const root = plant({
      Dockerfile: FROM,
      '.dockerignore': '*.log\n**/cache\n!keep.log\na',
      'one.log': '1',
      'keep.log': '12345',
      'a/x.log': '12',
      'b/cache/x': '123',
      'b/cache/y': '1234',
      'b/c/d/e': '12345678',
      'b/c/f': '1',
    });
    const summary = await summarise(await openContext({ context: root }));
    expect(summary.ignoredBy).toEqual([
      { pattern: '**/cache', files: 2, bytes: 7 },
      { pattern: 'a', files: 1, bytes: 2 },
      { pattern: '*.log', files: 1, bytes: 1 },
    ]);
    expect(summary.largestFolders).toEqual([
      { path: 'b', files: 2, bytes: 9 },
      { path: 'b/c', files: 2, bytes: 9 },
    ]);
  });

  test('without what is left out', async () => {
    const root = plant({ Dockerfile: FROM, '.dockerignore': 'a', 'a/b': '123', c: '12' });
    const context = await openContext({ context: root });
    const whole = await summarise(context);
    expect(whole).toMatchObject({ ignoredFiles: 1, ignoredBytes: 3 });
    const sentOnly = await summarise(context, undefined, { ignored: false });
    expect(sentOnly).toEqual({ ...whole, ignoredFiles: 0, ignoredBytes: 0, ignoredBy: [] });
  });

  test('says the same as what is then sent', async () => {
    const root = plant({
      Dockerfile: FROM,
      '.dockerignore': '**/x\n!a/x/y\nb\n!b/c',
      'a/x/y/z': '1',
      'a/x/w': '1',
      'b/c/x': '1',
      'b/c/d': '1',
      'b/e': '1',
    });
    const files = Object.keys(await sent(root)).filter((name) => !name.endsWith('/'));
    expect(await summarise(await openContext({ context: root }))).toMatchObject({
      files: files.length,
      ignoredFiles: 7 - files.length,
    });
  });

  test('names the ten largest', async () => {
    const root = plant({ Dockerfile: FROM });
    for (let size = 0; size < 30; size++)
      fs.writeFileSync(path.join(root, String(size)), 'x'.repeat(size * 10));
    const { largest } = await summarise(await openContext({ context: root }));
    expect(largest.map(({ bytes }) => bytes)).toEqual([290, 280, 270, 260, 250, 240, 230, 220, 210, 200]);
  });

  test('can be cancelled', async () => {
    const root = plant({ Dockerfile: FROM });
    for (let file = 0; file < 3000; file++) fs.writeFileSync(path.join(root, String(file)), '');
    const context = await openContext({ context: root });
    await expect(summarise(context, AbortSignal.abort())).rejects.toMatchObject({ kind: 'cancelled' });
  });
});
