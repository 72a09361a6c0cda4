import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ignorePlace } from '../../../../src/dockerfile/ignore/patterns';
import { survey } from '../../../../src/dockerfile/ignore/survey';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'quayside-ignore-'));
  await mkdir(path.join(folder, 'node_modules', 'a'), { recursive: true });
  await mkdir(path.join(folder, 'src'));
  await writeFile(path.join(folder, 'node_modules', 'a', 'big.js'), 'x'.repeat(5000));
  await writeFile(path.join(folder, 'src', 'main.js'), 'x'.repeat(300));
  await writeFile(path.join(folder, 'notes.md'), 'x'.repeat(20));
  await writeFile(path.join(folder, '#odd'), 'x');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const look = (text: string): ReturnType<typeof survey> => survey(folder, text, new AbortController().signal);

describe('what an ignore file leaves', () => {
  test('files and bytes are those of a build', async () => {
    expect(await look('')).toEqual({ files: 4, bytes: 5321, cut: false, unused: [] });
    expect(await look('node_modules\n*.md\n')).toEqual({ files: 2, bytes: 301, cut: false, unused: [] });
    expect(await look('*\n!src/main.js')).toMatchObject({ files: 1, bytes: 300, unused: [] });
  });

  test('patterns that match nothing are told, those for ignored files not', async () => {
    const text = '# why\nnode_modules\n**/big.js\n\n*.log\r\n!gone.txt\n  #odd\n/src/\n.\n';
    expect((await look(text)).unused).toEqual([4, 5]);
  });

  test('what is malformed rejects, and what is stopped stops', async () => {
    await expect(look('a[')).rejects.toThrow();
  });
});

describe('what fits in an ignore file', () => {
  const at = (before: string): ReturnType<typeof ignorePlace> => ignorePlace(before, ['.git', before]);

  test.each([
    ['', '', 0],
    ['sr', '', 0],
    ['!src/ma', 'src', 5],
    ['/src/', 'src', 5],
    ['a/b/c', 'a/b', 4],
  ])('%j: the entries of %j', (before, inside, from) =>
    expect(at(before)).toMatchObject({ folder: inside, at: from }),
  );

  test('usual patterns at the beginning, those that are there left out', () => {
    expect(at('')?.usual).toContain('**/node_modules');
    expect(at('')?.usual).not.toContain('.git');
    expect(at('src/')?.usual).toEqual([]);
    expect(at('**/')?.usual).toContain('**/dist');
    expect(at('**/')?.usual).not.toContain('.env');
  });

  test.each(['# a', '../', 'a/*/'])('nothing in %j', (before) => expect(at(before)).toBeUndefined());
});
