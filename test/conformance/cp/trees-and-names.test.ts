import { randomBytes } from 'node:crypto';
import { symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ask, baseImage } from '../../rig/engine';
import {
  cli,
  container,
  makeSides,
  plantHere,
  plantIn,
  treeHere,
  treeOf,
  type Answer,
  type Side,
} from './sides';
import { archiveOf, below, dir, file, link, symlink, type Plant, type Row } from './trees';

const LONG = 'n'.repeat(255);
const DEEP = ['d'.repeat(90), 'e'.repeat(90), 'f'.repeat(90)];

/** Trees whose every detail has to arrive, whichever way they go. */
const TREES: Readonly<Record<string, readonly Plant[]>> = {
  modes: [0, 0o400, 0o444, 0o600, 0o666, 0o755, 0o777, 0o1644].map((mode) =>
    file(mode.toString(8), 'x', mode),
  ),
  'directory modes': [0o500, 0o700, 0o711, 0o777, 0o1777, 0o2755].flatMap((mode) => [
    dir(mode.toString(8), mode),
    file(`${mode.toString(8)}/inside`),
  ]),
  owners: [
    file('me', 'x', 0o644, { uid: 1000, gid: 1000 }),
    file('large', 'x', 0o644, { uid: 3_000_000, gid: 4_000_000 }),
    dir('theirs', 0o755, { uid: 65534, gid: 65534 }),
    file('theirs/group', 'x', 0o640, { uid: 0, gid: 33 }),
  ],
  times: [
    file('beginning', 'x', 0o644, { mtime: 0 }),
    file('future', 'x', 0o644, { mtime: 4_000_000_000 }),
    file('far', 'x', 0o644, { mtime: 9_000_000_000 }),
  ],
  sizes: [0, 1, 511, 512, 513, 65535, 65536, 65537, 262143, 262144, 262145, 1_000_000].map((size) =>
    file(`${size} bytes`, Buffer.alloc(size, `${size} `)),
  ),
  'hard links': [
    file('first', 'shared'),
    link('second', 'first'),
    dir('below'),
    link('below/third', 'first'),
    file('alone'),
  ],
  'symbolic links': [
    file('target'),
    dir('deep'),
    dir('deep/er'),
    symlink('here', 'target'),
    symlink('deep/up', '../target'),
    symlink('deep/er/top', '../../target'),
    symlink('absolute', '/etc/passwd'),
    symlink('missing', 'not-there'),
    symlink('itself', 'itself'),
    symlink('to-directory', 'deep/er'),
  ],
  names: [
    ' ',
    ' leading',
    'trailing ',
    '-dash',
    '--help',
    '*',
    '?',
    '$(id)',
    '`id`',
    "quo'te",
    'quo"te',
    'back\\slash',
    'new\nline',
    'tab\t',
    'größe',
    '日本語',
    '🐳',
    'e\u0301',
    '\u202egnp',
    '.hidden',
    '..dots',
    '...',
    'a:b',
    '~',
    '#',
    '%41',
    '%',
    'CON',
    'nul.txt',
  ].map((name) => file(name)),
  'long names': [
    file(LONG),
    file('o'.repeat(99)),
    file('o'.repeat(100)),
    file('o'.repeat(101)),
    symlink('long-target', 'p'.repeat(300)),
    dir(DEEP[0] ?? ''),
    dir(DEEP.slice(0, 2).join('/')),
    dir(DEEP.join('/')),
    file([...DEEP, LONG].join('/')),
    file('ü'.repeat(120)),
  ],
  empty: [dir('nothing'), dir('nothing/at'), dir('nothing/at/all')],
  many: Array.from({ length: 1500 }, (_, at) => file(`file ${String(at)}`, String(at))),
  deep: Array.from({ length: 100 }, (_, at) => dir(Array.from({ length: at + 1 }, () => 'x').join('/'))),
  'one large file': [file('large', randomBytes(24 * 1024 * 1024 + 7))],
};

const NAMES = Object.keys(TREES);
/** The ways a tree can go: to a new name, into a directory, on top of itself with other content. */
const WAYS = ['new', 'there', 'merged'] as const;

const CASES = NAMES.flatMap((tree) =>
  (['in', 'out'] as const).flatMap((direction) =>
    (tree === 'many' || tree === 'one large file' ? (['new'] as const) : WAYS).map((way) => ({
      tree,
      direction,
      way,
    })),
  ),
).map((one, at) => ({ ...one, at, name: `${one.tree} ${one.direction}, ${one.way}` }));

let sides: Awaited<ReturnType<typeof makeSides>>;
const found = new Map<Side['name'], { ok: boolean; said: string; rows: Row[] }[]>();

beforeAll(async () => {
  sides = await makeSides();
  for (const side of [sides.cli, sides.ours]) found.set(side.name, await play(side));
}, 300_000);

afterAll(() => sides.end());

async function play(side: Side): Promise<{ ok: boolean; said: string; rows: Row[] }[]> {
  const at = (plants: readonly Plant[], below: string): Plant[] =>
    plants.map((plant) => ({
      ...plant,
      path: `${below}/${plant.path}`,
      ...(plant.type === 'link' && { target: `${below}/${plant.target ?? ''}` }),
    }));
  const start = CASES.map(({ tree, direction, way, at: number }) => {
    const source = [
      dir(String(number)),
      dir(`${String(number)}/src`, 0o751),
      ...at(TREES[tree] ?? [], `${String(number)}/src`),
    ];
    const kept = [dir(String(number)), dir(`${String(number)}/there`), file(`${String(number)}/there/kept`)];
    const older = [
      dir(`${String(number)}/there/src`, 0o700),
      file(`${String(number)}/there/src/kept too`),
      ...at((TREES[tree] ?? []).map(otherwise), `${String(number)}/there/src`),
    ];
    return { direction, source, target: way === 'new' ? kept : way === 'there' ? kept : [...kept, ...older] };
  });
  await plantIn(
    side.running,
    start.flatMap(({ direction, source, target }) => (direction === 'in' ? target : source)),
  );
  plantHere(
    side.here,
    start.flatMap(({ direction, source, target }) => (direction === 'in' ? source : target)),
  );
  const answers: Answer[] = [];
  for (const { direction, way, at: number } of CASES) {
    const here = path.join(side.here, String(number));
    const there = `/w/${String(number)}`;
    const to = way === 'new' ? 'new' : 'there';
    answers.push(
      await (direction === 'in'
        ? side.copyIn(side.running, `${here}/src`, `${there}/${to}`, {})
        : side.copyOut(side.running, `${there}/src`, `${here}/${to}`, {})),
    );
  }
  const [inside, outside] = [await treeOf(side.running, '/w'), treeHere(side.here)];
  return CASES.map(({ direction, at: number }, index) => ({
    ok: answers[index]?.ok ?? false,
    said: answers[index]?.said ?? '',
    rows: below(direction === 'in' ? inside : outside, String(number)),
  }));
}

/** Something of the same name and kind that has to give way. */
function otherwise(plant: Plant): Plant {
  if (plant.type === 'directory') return { ...plant, mode: 0o755 };
  if (plant.type === 'symlink') return { ...plant, target: 'elsewhere' };
  return { ...plant, type: 'file', content: 'older', mode: 0o666, uid: 7, gid: 7 };
}

describe('whole trees', () => {
  test.each(CASES)('$name', ({ at }) => {
    const { said, ...ours } = found.get('ours')?.[at] ?? { ok: false, said: '', rows: [] };
    const theirs = found.get('cli')?.[at];
    expect(ours, said).toEqual({ ok: theirs?.ok, rows: theirs?.rows });
    expect(ours.rows.length).toBeGreaterThan(0);
  });
});

describe('what stands alone', () => {
  /** Does the same on both sides, each in a place of its own, and compares what is there after it. */
  async function alike(
    start: { readonly inside?: readonly Plant[]; readonly here?: readonly Plant[] },
    act: (side: Side, place: { here: string; there: string; id: string }) => Promise<{ ok: boolean }>,
    id?: () => Promise<string>,
  ): Promise<{ ok: boolean; inside: Row[]; here: Row[] }> {
    const name = `alone-${randomBytes(4).toString('hex')}`;
    const seen = [];
    for (const side of [sides.cli, sides.ours]) {
      const where = (await id?.()) ?? side.running;
      const below = (plants: readonly Plant[] = []): Plant[] => [
        dir(name),
        ...plants.map((plant) => ({
          ...plant,
          path: `${name}/${plant.path}`,
          ...(plant.type === 'link' && { target: `${name}/${plant.target ?? ''}` }),
        })),
      ];
      await plantIn(where, below(start.inside));
      plantHere(side.here, below(start.here));
      const { ok } = await act(side, { here: path.join(side.here, name), there: `/w/${name}`, id: where });
      seen.push({
        ok,
        inside: await treeOf(where, `/w/${name}`),
        here: treeHere(path.join(side.here, name)),
      });
    }
    const [theirs, ours] = seen;
    if (!theirs || !ours) throw new Error('one side did not answer');
    expect(ours).toEqual(theirs);
    return ours;
  }

  test('-a gives everything to the user the container runs as', async () => {
    // This engine looks other users up on its own machine.
    const user = async (): Promise<string> => container(await baseImage(), true, { User: 'root' });
    const { inside } = await alike(
      { here: [dir('src'), file('src/one', 'one', 0o640, { uid: 5, gid: 5 })] },
      (side, { here, there, id }) => side.copyIn(id, `${here}/src`, there, { containerUser: true }),
      user,
    );
    expect(inside.join('\n')).toContain('src/one | file 0:0 640');
  });

  test('a read-only container refuses', async () => {
    const name = 'quayside-cp-volume';
    const made = async (): Promise<string> =>
      container(await baseImage(), true, { HostConfig: { ReadonlyRootfs: true } });
    for (const side of [sides.cli, sides.ours]) {
      const id = await made();
      plantHere(side.here, [file(name)]);
      const { ok, said } = await side.copyIn(id, path.join(side.here, name), '/tmp', {});
      expect(ok).toBe(false);
      if (side.name === 'ours') expect(said).toContain('is read-only');
    }
  });

  test('into a volume, and out of it', async () => {
    const volume = async (): Promise<string> =>
      container(await baseImage(), true, { Volumes: { '/data': {} } });
    for (const side of [sides.cli, sides.ours]) {
      const id = await volume();
      plantHere(side.here, [dir('volume'), file('volume/one', 'one', 0o604, { uid: 9, gid: 9 })]);
      expect(await side.copyIn(id, path.join(side.here, 'volume'), '/data', {})).toMatchObject({ ok: true });
      expect(await side.copyOut(id, '/data/.', path.join(side.here, 'volume-back'), {})).toMatchObject({
        ok: true,
      });
      expect(treeHere(path.join(side.here, 'volume-back')).map((one) => one.slice(0, 30))).toEqual([
        'volume | directory 0:0 755',
        'volume/one | file 0:0 604 3 by',
      ]);
    }
  });

  test('the root of a container', async () => {
    for (const side of [sides.cli, sides.ours]) plantHere(side.here, [dir('root-there', 0o700)]);
    const trees = [];
    for (const side of [sides.cli, sides.ours]) {
      expect(await side.copyOut(sides.cli.stopped, '/', path.join(side.here, 'root-new'), {})).toMatchObject({
        ok: true,
      });
      expect(
        await side.copyOut(sides.cli.stopped, '/', path.join(side.here, 'root-there'), {}),
      ).toMatchObject({
        ok: true,
      });
      const rows = treeHere(side.here);
      trees.push({
        fresh: below(rows, 'root-new'),
        merged: below(rows, 'root-there'),
        tops: rows.filter((one) => /^root-(new|there) /.test(one)),
      });
    }
    expect(trees[1]).toEqual(trees[0]);
    expect(trees[1]?.fresh.length).toBeGreaterThan(100);
  });

  test('a directory through a link here keeps the name it was asked for by', async () => {
    const { inside } = await alike(
      { here: [dir('real'), file('real/one'), symlink('alias', 'real')] },
      (side, { here, there }) => side.copyIn(side.running, `${here}/alias/`, there, {}),
    );
    expect(inside.map((one) => one.split(' ')[0])).toEqual(['alias', 'alias/one']);
  });

  test('through a chain of links to a directory', async () => {
    await alike(
      { inside: [dir('real'), symlink('one', 'two'), symlink('two', 'real')], here: [file('src')] },
      (side, { here, there }) => side.copyIn(side.running, `${here}/src`, `${there}/one`, {}),
    );
    await alike(
      { inside: [file('src')], here: [dir('real'), symlink('one', 'two'), symlink('two', 'real')] },
      (side, { here, there }) => side.copyOut(side.running, `${there}/src`, `${here}/one`, {}),
    );
  });

  test('a link in a circle is no place to copy to', async () => {
    const { ok } = await alike(
      { inside: [file('src')], here: [symlink('one', 'two'), symlink('two', 'one')] },
      (side, { here, there }) => side.copyOut(side.running, `${there}/src`, `${here}/one`, {}),
    );
    expect(ok).toBe(false);
  });

  test('a link that leads out of what is copied ends the copy', async () => {
    const { ok } = await alike(
      { inside: [dir('src'), symlink('src/out', '../../../../../../../../etc/passwd')] },
      (side, { here, there }) => side.copyOut(side.running, `${there}/src`, here, {}),
    );
    expect(ok).toBe(false);
  });

  test('a file in the way of a directory, and the other way round', async () => {
    for (const [inside, here] of [
      [
        [dir('src'), dir('src/x')],
        [dir('src'), file('src/x')],
      ],
      [
        [dir('src'), file('src/x')],
        [dir('src'), dir('src/x')],
      ],
    ] as const) {
      const out = await alike({ inside, here }, (side, place) =>
        side.copyOut(side.running, `${place.there}/src`, place.here, {}),
      );
      const into = await alike({ inside: here, here: inside }, (side, place) =>
        side.copyIn(side.running, `${place.here}/src`, place.there, {}),
      );
      expect([out.ok, into.ok]).toEqual([false, false]);
    }
  });

  test('a device is no place to copy to', async () => {
    const into = await alike({ inside: [], here: [file('src')] }, async (side, { here, there, id }) => {
      const made = await cli(['exec', id, 'mknod', `${there}/null`, 'c', '1', '3']);
      if (!made.ok) throw new Error(made.said);
      return side.copyIn(id, `${here}/src`, `${there}/null`, {});
    });
    const out = await alike({ inside: [file('src')] }, (side, { there }) =>
      side.copyOut(side.running, `${there}/src`, '/dev/null', {}),
    );
    expect([into.ok, out.ok]).toEqual([false, false]);
  });

  test('a paused container', async () => {
    const paused = async (): Promise<string> => container(await baseImage(), true);
    const { ok } = await alike(
      { inside: [file('out')], here: [file('in')] },
      async (side, { here, there, id }) => {
        await ask('POST', `/containers/${id}/pause`);
        const into = await side.copyIn(id, `${here}/in`, there, {});
        const out = await side.copyOut(id, `${there}/out`, here, {});
        await ask('POST', `/containers/${id}/unpause`);
        return { ok: into.ok && out.ok };
      },
      paused,
    );
    expect(ok).toBe(true);
  });

  test('a container that is not there', async () => {
    for (const side of [sides.cli, sides.ours]) {
      plantHere(side.here, [file('nobody')]);
      expect((await side.copyIn('quayside-no-such', path.join(side.here, 'nobody'), '/tmp', {})).ok).toBe(
        false,
      );
      expect(
        (await side.copyOut('quayside-no-such', '/etc', path.join(side.here, 'nobody-back'), {})).ok,
      ).toBe(false);
    }
  });

  test('names that are not text', async () => {
    const name = Buffer.from([0x66, 0xff, 0xfe, 0x2e, 0x74]);
    await alike({ here: [dir('src')] }, (side, { here, there }) => {
      // Only a link can be made with the bytes of the name alone, whatever its target.
      symlinkSync('target', Buffer.concat([Buffer.from(`${here}/src/`), name]));
      return side.copyIn(side.running, `${here}/src`, there, {});
    });
  });

  test('between containers, the CLI through its own two ends', async () => {
    const other = await container(await baseImage(), false);
    await cli(['cp', '-', `${other}:/`], await archiveOf([dir('from-ours'), dir('from-cli')]));
    const plants = [
      dir('src', 0o750),
      file('src/one', 'one', 0o600, { uid: 5, gid: 6 }),
      link('src/two', 'src/one'),
      symlink('src/three', 'one'),
    ];
    for (const from of ['src', 'src/', 'src/.', 'src/one', 'src/three']) {
      for (const side of [sides.cli, sides.ours]) {
        const name = `between-${from.replaceAll('/', '-')}`;
        await plantIn(side.running, [
          dir(name),
          ...plants.map((plant) => ({
            ...plant,
            path: `${name}/${plant.path}`,
            ...(plant.type === 'link' && { target: `${name}/src/one` }),
          })),
        ]);
        expect(
          await side.copyBetween(side.running, `/w/${name}/${from}`, other, `/from-${side.name}`),
        ).toMatchObject({ ok: true });
      }
      expect(await treeOf(other, '/from-ours')).toEqual(await treeOf(other, '/from-cli'));
    }
  });

  test('setuid and setgid stay inside: dropped on the way out, unlike the CLI', async () => {
    const plants = [dir('special'), file('special/suid', 'x', 0o4755), file('special/sgid', 'x', 0o2755)];
    const modes = [];
    for (const side of [sides.cli, sides.ours]) {
      await plantIn(side.running, plants);
      await side.copyOut(side.running, '/w/special', side.here, {});
      modes.push(below(treeHere(side.here), 'special').map((one) => one.split(' ')[4]));
    }
    expect(modes).toEqual([
      ['2755', '4755'],
      ['755', '755'],
    ]);
  });

  test('setuid goes in as it is', async () => {
    const { inside } = await alike({ here: [file('suid', 'x', 0o4711)] }, (side, { here, there }) =>
      side.copyIn(side.running, `${here}/suid`, there, {}),
    );
    expect(inside[0]).toContain(' 4711 ');
  });

  test('fifos and devices are left out here and named; the CLI makes them', async () => {
    for (const side of [sides.cli, sides.ours]) {
      const script = 'mkdir -p /w/odd && mkfifo /w/odd/pipe && echo x >/w/odd/file';
      await cli(['exec', side.running, 'sh', '-c', script]);
    }
    const copied = await sides.files.copyFrom(sides.ours.running, '/w/odd', sides.ours.here);
    expect(copied).toEqual({ files: 1, bytes: 2, skipped: [{ path: 'odd/pipe', why: 'fifo' }] });
    expect(treeHere(path.join(sides.ours.here, 'odd'))).toHaveLength(1);
    expect(await sides.cli.copyOut(sides.cli.running, '/w/odd', sides.cli.here, {})).toMatchObject({
      ok: true,
    });
    expect(treeHere(path.join(sides.cli.here, 'odd'))).toHaveLength(2);
  });
});
