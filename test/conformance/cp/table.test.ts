import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeSides, plantHere, plantIn, treeHere, treeOf, type Answer, type Side } from './sides';
import { below, dir, file, symlink, type Plant, type Row } from './trees';

/** What every source can be, and every destination: the whole table of `docker cp`, in both directions. */
const SOURCES = [
  'file',
  'dir',
  'dir/',
  'dir/.',
  'tofile',
  'todir',
  'todir/',
  'todir/.',
  'broken',
  'no',
  'file/',
  'empty',
  'dir/sub/..',
];
const TARGETS = [
  'there',
  'there/',
  'there/.',
  'taken',
  'taken/',
  'new',
  'new/',
  'new/.',
  'no/new',
  'linked',
  'linked/',
  'linkfile',
  'nowhere',
  '.',
];

const FROM: readonly Plant[] = [
  dir('src'),
  file('src/file', 'content of the file', 0o640),
  dir('src/dir', 0o750),
  file('src/dir/one', 'one', 0o600),
  dir('src/dir/sub', 0o700),
  file('src/dir/sub/two', 'two'),
  symlink('src/dir/inner', 'sub/two'),
  dir('src/empty', 0o711),
  symlink('src/tofile', 'file'),
  symlink('src/todir', 'dir'),
  symlink('src/broken', 'nothing'),
];

const TO: readonly Plant[] = [
  dir('dst'),
  dir('dst/there', 0o755),
  file('dst/there/kept', 'kept'),
  file('dst/taken', 'old content', 0o604),
  dir('dst/real', 0o755),
  symlink('dst/linked', 'real'),
  symlink('dst/linkfile', 'taken'),
  symlink('dst/nowhere', 'later'),
];

interface Case {
  readonly name: string;
  readonly way: 'in' | 'out';
  readonly state: 'running' | 'stopped';
  readonly from: string;
  readonly to: string;
  readonly followLink: boolean;
}

function cases(): Case[] {
  const all: Omit<Case, 'name'>[] = [];
  for (const way of ['in', 'out'] as const) {
    for (const from of SOURCES)
      for (const to of TARGETS) all.push({ way, state: 'running', from, to, followLink: false });
    for (const from of ['tofile', 'todir', 'todir/', 'broken'])
      for (const to of ['there', 'taken', 'new', 'new/'])
        all.push({ way, state: 'running', from, to, followLink: true });
    for (const from of ['file', 'dir', 'dir/.', 'tofile'])
      for (const to of ['there', 'taken', 'new', 'new/'])
        all.push({ way, state: 'stopped', from, to, followLink: false });
  }
  return all.map((one, at) => ({
    ...one,
    name: `${String(at)} ${one.way}, ${one.state}${one.followLink ? ', following' : ''}: ${one.from} -> ${one.to}`,
  }));
}

const ALL = cases();
const results = new Map<Side['name'], { answers: Answer[]; rows: Row[][] }>();
let end: () => Promise<void>;

beforeAll(async () => {
  const sides = await makeSides();
  end = sides.end;
  for (const side of [sides.cli, sides.ours]) results.set(side.name, await play(side));
}, 600_000);

afterAll(() => end());

/** All cases on one side: each in a directory `/w/<number>` of the container and `<number>` here. */
async function play(side: Side): Promise<{ answers: Answer[]; rows: Row[][] }> {
  const inside = (plants: readonly Plant[], way: 'in' | 'out', state: string): Plant[] =>
    ALL.flatMap((one, at) =>
      one.state === state
        ? [
            dir(String(at)),
            ...(one.way === way ? plants : []).map((plant) => ({
              ...plant,
              path: `${String(at)}/${plant.path}`,
            })),
          ]
        : [],
    );
  for (const state of ['running', 'stopped'] as const) {
    await plantIn(side[state], inside(TO, 'in', state));
    await plantIn(side[state], inside(FROM, 'out', state));
    plantHere(side.here, [...inside(FROM, 'in', state)]);
    plantHere(
      side.here,
      inside(TO, 'out', state).filter(({ path: at }) => at.includes('/')),
    );
  }
  const answers: Answer[] = [];
  for (const [at, { way, state, from, to, followLink }] of ALL.entries()) {
    const here = path.join(side.here, String(at));
    const there = `/w/${String(at)}`;
    answers.push(
      way === 'in'
        ? await side.copyIn(side[state], `${here}/src/${from}`, `${there}/dst/${to}`, { followLink })
        : await side.copyOut(side[state], `${there}/src/${from}`, `${here}/dst/${to}`, { followLink }),
    );
  }
  const trees = {
    running: await treeOf(side.running, '/w'),
    stopped: await treeOf(side.stopped, '/w'),
    here: treeHere(side.here),
  };
  return {
    answers,
    rows: ALL.map(({ way, state }, at) => below(way === 'in' ? trees[state] : trees.here, String(at))),
  };
}

/**
 * Where ours does more on purpose. The CLI follows a link to a directory as a destination, with a slash behind it too,
 * but then refuses contents (`dir/.`) because it takes the link for a file in the way.
 */
const BETTER: Partial<Record<string, string>> = {
  'out dir/. -> linked/': 'out dir/. -> linked',
  'out todir/. -> linked/': 'out todir/. -> linked',
};

const short = ({ way, from, to }: Case): string => `${way} ${from} -> ${to}`;

describe('the table of docker cp', () => {
  test.each(ALL.map((one, at) => ({ ...one, at })))('$name', ({ at, ...one }) => {
    const theirs = results.get('cli');
    const ours = results.get('ours');
    const like = BETTER[short(one)];
    if (like !== undefined) {
      const alike = ALL.findIndex((other) => short(other) === like && !other.followLink);
      expect(theirs?.answers[at]?.ok).toBe(false);
      expect(ours?.answers[at]?.ok).toBe(true);
      expect(ours?.rows[at]).toEqual(theirs?.rows[alike]);
      return;
    }
    expect({ ok: ours?.answers[at]?.ok, said: ours?.answers[at]?.said, rows: ours?.rows[at] }).toEqual({
      ok: theirs?.answers[at]?.ok,
      // The words are ours, so they are only shown.
      said: expect.any(String) as string,
      rows: theirs?.rows[at],
    });
  });
});
