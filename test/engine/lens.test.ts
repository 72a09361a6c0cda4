import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commonLayers, compareConfigs, compareFiles } from '../../src/engine/lens/compare';
import { efficiencyOf } from '../../src/engine/lens/efficiency';
import { fileAt } from '../../src/engine/lens/fileAt';
import { TYPES } from '../../src/engine/lens/layerFiles';
import { readLayerFile } from '../../src/engine/lens/layerFile';
import { outlineOf, type LensOutline } from '../../src/engine/lens/outline';
import { Paths } from '../../src/engine/lens/paths';
import { exactRows, readImages, type LensImage } from '../../src/engine/lens/readImages';
import { sharersOf } from '../../src/engine/lens/sharing';
import { MARKS, pathsOf } from '../../src/engine/lens/tree';
import { ask, baseImage, behindProxy, build, docker } from '../rig/engine';
import { connect } from './support/connect';

const run = promisify(execFile);
const engine = connect();
const ONE = 'quayside-test/lens-engine:1';
const TWO = 'quayside-test/lens-engine:2';
const here = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-lens-'));
const LIMIT = 1_000_000;

const paths = new Paths();
let outline: LensOutline;
let image: LensImage;

beforeAll(async () => {
  const base = await baseImage();
  const context = [
    { path: 'big', content: 'big'.repeat(70_000) },
    { path: 'note', content: 'first\n' },
  ];
  const first = [
    `FROM ${base}`,
    'COPY big /srv/big',
    'COPY note /srv/note',
    'ENV A=b',
    'RUN mkdir -p /srv/old/deep && echo x > /srv/old/deep/x && ln /srv/old/deep/x /srv/hard && ln -s note /srv/soft',
    'RUN rm -r /srv/old /srv/big && echo more >> /srv/note && chown guest /srv/hard',
    'RUN true',
    'CMD ["sleep", "1"]',
    '',
  ].join('\n');
  await build(ONE, first, context);
  await build(TWO, `FROM ${ONE}\nRUN echo new > /srv/new && touch /srv/note && rm /srv/soft\nENV A=c\n`, []);
  outline = await outlineOf(engine, ONE);
  [image] = (await readImages(engine, [outline], paths)) as [LensImage];
});

afterAll(async () => {
  for (const name of [TWO, ONE]) await ask('DELETE', `/images/${name}?force=1`).catch(() => undefined);
  engine.dispose();
  fs.rmSync(here, { recursive: true, force: true });
});

/** The layers as `docker save` and `tar` see them: path, bytes. */
async function saved(): Promise<string[][]> {
  const file = path.join(here, 'image.tar');
  await docker('save', '-o', file, ONE);
  await run('tar', ['xf', file, '-C', here]);
  const manifest = JSON.parse(fs.readFileSync(path.join(here, 'manifest.json'), 'utf8')) as {
    Layers: string[];
  }[];
  return Promise.all(
    (manifest[0]?.Layers ?? []).map(async (layer) => {
      const { stdout } = await run('tar', ['tvf', path.join(here, layer), '--numeric-owner'], {
        maxBuffer: 1e8,
      });
      return stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => {
          const [mode = '', owner, size, , , name = ''] = line.split(/\s+/);
          return `${mode} ${owner} ${mode.startsWith('h') ? 0 : size} ${name.replace(/\/$/, '')}`;
        })
        .sort();
    }),
  );
}

/** The same, as we have read them. */
function read({ files }: LensImage): string[][] {
  const letters = ['-', 'd', 'l', 'h', 'c', 'b', 'p', '?'];
  return files.map((layer) => {
    if (!layer) return ['unreadable'];
    const rows = layer.paths.map((at, row) => {
      const bits = layer.modes[row] ?? 0;
      const mode = [6, 3, 0]
        .map((shift) =>
          'rwx'.replace(/./g, (letter, index: number) => ((bits >> (shift + 2 - index)) & 1 ? letter : '-')),
        )
        .join('');
      return `${letters[layer.types[row] ?? 7]}${mode} ${layer.uids[row]}/${layer.gids[row]} ${layer.sizes[row]} ${paths.text(at).slice(1)}`;
    });
    const gone = [...layer.gone].map((at) =>
      paths
        .text(at)
        .slice(1)
        .replace(/[^/]*$/, '.wh.$&'),
    );
    return [...rows, ...gone.map((name) => `whiteout ${name}`)].sort();
  });
}

describe('the files of an image', () => {
  test('are those that docker save and tar list, with their modes, owners and sizes', async () => {
    const plain = (lines: string[]): string[] =>
      lines
        .map((line) => line.replace(/^\S+ \S+ 0 (.*\.wh\..*)$/, 'whiteout $1'))
        // The sticky bit is a letter of its own there.
        .map((line) => line.replace(/^(\S{9})t/, '$1x'))
        .sort();
    expect(read(image)).toEqual((await saved()).map(plain));
    expect(
      read(image)
        .flat()
        .filter((line) => line.startsWith('whiteout')),
    ).toEqual(['whiteout srv/.wh.big', 'whiteout srv/.wh.old']);
  });

  test('weigh in each layer what docker history says of it', async () => {
    const said = (
      await docker('history', '--no-trunc', '--human=false', '--format', '{{.Size}} {{.CreatedBy}}', ONE)
    )
      .split('\n')
      .filter(Boolean)
      .reverse();
    const rows = exactRows(outline, image);
    expect(rows.map(({ size, createdBy }) => `${size} ${createdBy}`)).toEqual(said);
    const made = rows.filter(({ layer }) => layer !== undefined);
    // The engine adds the lengths of the symlinks' targets, which are their sizes on its disk.
    const weights = image.files.map((files) => {
      const symlinks = [...(files?.links ?? [])].filter(
        ([row]) => files?.types[row] === TYPES.indexOf('symlink'),
      );
      return symlinks.reduce((sum, [, target]) => sum + target.length, files?.bytes ?? 0);
    });
    expect(made.map(({ size }) => size)).toEqual(weights);
    expect(outline.layers).toEqual(image.layers.map(({ digest }) => digest));
    // What is guessed at once is what turns out.
    expect(outline.rows).toEqual(rows);
  });

  test('that are wasted are told with their bytes', () => {
    const { paths: wasted, hidden, score, bytes } = efficiencyOf(paths, image.files);
    expect(wasted.map(({ path: at, times, bytes: all, hidden: own }) => [at, times, all, own])).toEqual([
      ['/srv/big', 2, 210_000, 210_000],
      ['/srv/note', 2, 17, 6],
      // Its other name is a hard link, which has no bytes.
      ['/srv/hard', 2, 4, 2],
    ]);
    expect(hidden).toBe(210_008);
    expect(score).toBeCloseTo((bytes - 210_000 - 11 - 2) / bytes, 12);
  });

  test('are opened as one layer has them', async () => {
    const open = async (layer: number, at: string): Promise<string> => {
      const { blob, path: real } = fileAt(paths, image, layer, at);
      return (await readLayerFile(engine, { image: outline.id, blob, path: real }, LIMIT)).data.toString();
    };
    expect(await open(2, '/srv/note')).toBe('first\n');
    expect(await open(4, '/srv/note')).toBe('first\nmore\n');
    expect(await open(4, '/srv/soft')).toBe('first\nmore\n');
    expect(await open(3, '/srv/hard')).toBe('x\n');
    // Of what a layer removes, what it was.
    expect(await open(4, '/srv/big')).toHaveLength(210_000);
    expect(() => fileAt(paths, image, 4, '/srv')).toThrow(/no file that could be opened/);
    expect(() => fileAt(paths, image, 4, '/nothing')).toThrow(/not in the image/);
    const place = fileAt(paths, image, 1, '/srv/big');
    const asked = readLayerFile(engine, { image: outline.id, ...place }, 1000);
    await expect(asked).rejects.toMatchObject({ kind: 'invalid' });
    const nowhere = readLayerFile(engine, { image: outline.id, blob: place.blob, path: '/no' }, 1000);
    await expect(nowhere).rejects.toMatchObject({ kind: 'notFound' });
  });

  test('share their layers with the images that are on the same ground', async () => {
    const sharers = await sharersOf(engine, outline.id, outline.layers);
    expect(sharers[0]).toContain('quayside-test/base:latest');
    expect(sharers.slice(1).map((names) => names.join())).toEqual(outline.layers.slice(1).map(() => TWO));
  });

  test('of two images are compared by their content, in one stream', async () => {
    const other = await outlineOf(engine, TWO);
    const both = new Paths();
    const [before, after] = (await readImages(engine, [outline, other], both)) as [LensImage, LensImage];
    const tree = compareFiles(both, before, after);
    const found = [...pathsOf(tree)].map(([row, at]) => `${MARKS[tree.marks[row] ?? 0]} ${at}`);
    // The touched file is the same.
    expect(found).toEqual(['same /srv', 'added /srv/new', 'removed /srv/soft']);
    expect(commonLayers(outline, other)).toBe(outline.layers.length);
    expect(compareConfigs(outline, other)).toEqual([{ field: 'Env', name: 'A', before: 'b', after: 'c' }]);
    expect(before.files[0]).toBe(after.files[0]);
  });
});

describe('an image that cannot be read', () => {
  test('is not there', async () => {
    await expect(outlineOf(engine, 'quayside-test/none')).rejects.toMatchObject({ kind: 'notFound' });
    const gone = { ...outline, id: `sha256:${'0'.repeat(64)}`, tags: ['qs/gone:1'] };
    await expect(readImages(engine, [gone], new Paths())).rejects.toThrow(
      'The image qs/gone:1 is not there any more. Pull or build it again.',
    );
  });

  test('is on an engine that stops meanwhile, or whose connection breaks', async () => {
    await using proxy = await behindProxy();
    const slow = connect(proxy.host);
    const known = await outlineOf(slow, ONE);
    proxy.slow(200_000);
    const whenUnderWay = (act: () => unknown) => {
      let acted = false;
      return (): void => {
        if (acted) return;
        acted = true;
        act();
      };
    };
    const broken = readImages(slow, [known], new Paths(), { onProgress: whenUnderWay(() => proxy.cut()) });
    await expect(broken).rejects.toMatchObject({ kind: 'unreachable' });
    const stopped = readImages(slow, [known], new Paths(), {
      onProgress: whenUnderWay(() => void proxy.down()),
    });
    await expect(stopped).rejects.toThrow(/stopped answering while the image was read/);
    slow.dispose();
  });

  test('is not read on once nobody wants it', async () => {
    await using proxy = await behindProxy();
    const slow = connect(proxy.host);
    const known = await outlineOf(slow, ONE);
    proxy.slow(100_000);
    const abort = new AbortController();
    let open = 0;
    const reading = readImages(
      slow,
      [known],
      new Paths(),
      {
        onProgress: () => {
          open = proxy.connections();
          abort.abort();
        },
      },
      abort.signal,
    );
    await expect(reading).rejects.toMatchObject({ kind: 'cancelled' });
    await expect.poll(() => proxy.connections()).toBeLessThan(open);
    slow.dispose();
  });
});
