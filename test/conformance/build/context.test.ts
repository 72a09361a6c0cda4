import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { address } from '../../../scripts/rig/engineApi.mjs';
import { engine } from '../../rig/engine';
import { plantHere } from '../cp/trees';
import { dockerClis } from '../support/clis';
import { CONTEXTS, INVALID, TREE, type ContextCase } from './cases';
import { startBuildRecorder, type BuildRecorder, type RecordedBuild } from './recorder';
import { sentByCli, sentByUs } from './support';

const clis = await dockerClis();
const WHEN = 1_600_000_000;

let recorder: BuildRecorder;
let folder: string;
let count = 0;

beforeAll(async () => {
  recorder = await startBuildRecorder(address(engine.host));
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-context-'));
});

afterAll(async () => {
  await recorder[Symbol.asyncDispose]();
  fs.rmSync(folder, { recursive: true, force: true });
});

/** A context on this computer. */
function plant({ ignore, also = [] }: Omit<ContextCase, 'name'>): string {
  const root = path.join(folder, String(count++));
  const plants = [...TREE, ...also];
  fs.mkdirSync(root);
  plantHere(root, plants);
  if (ignore !== undefined) fs.writeFileSync(path.join(root, '.dockerignore'), ignore);
  const timed = plants.filter(({ type }) => type === 'directory').map((one) => one.path);
  for (const name of ignore === undefined ? timed : [...timed, '.dockerignore'])
    fs.utimesSync(path.join(root, name), WHEN, WHEN);
  return root;
}

describe.each(clis)('the same context as docker $version', (cli) => {
  test.each(CONTEXTS)('$name', async (one) => {
    const root = plant(one);
    const { dockerfile } = one;
    const args = dockerfile === undefined ? [] : ['-f', dockerfile];
    const theirs = await sentByCli(cli, { recorder, root }, args);
    const ours = await sentByUs({ recorder, root }, dockerfile === undefined ? {} : { dockerfile });
    expect(theirs?.entries.length).toBeGreaterThan(0);
    if (one.newer === true && Number(cli.version.split('.')[0]) < 23) {
      expect(ours?.entries).not.toEqual(theirs?.entries);
      return;
    }
    expect(ours?.entries).toEqual(theirs?.entries);
    expect(ours?.contents).toEqual(theirs?.contents);
    expect(ours?.query.get('dockerfile')).toBe(theirs?.query.get('dockerfile'));
  });

  test('a pipe, and no socket', async () => {
    const root = plant({});
    expect(spawnSync('mkfifo', ['-m', '640', path.join(root, 'pipe')]).status).toBe(0);
    fs.utimesSync(path.join(root, 'pipe'), WHEN, WHEN);
    const server = net.createServer();
    await new Promise<void>((resolve) => server.listen(path.join(root, 'socket'), resolve));
    const theirs = await sentByCli(cli, { recorder, root });
    const ours = await sentByUs({ recorder, root });
    server.close();
    expect(theirs?.entries.filter((line) => /^(pipe|socket)/.test(line))).toEqual([
      `pipe | fifo | 640 | 0:0 | 0 |  | ${String(WHEN)}`,
    ]);
    expect(ours?.entries).toEqual(theirs?.entries);
  });

  test.each(INVALID)('refused by both: $name', async (one) => {
    const root = plant(one);
    expect(await sentByCli(cli, { recorder, root })).toBeUndefined();
    await expect(sentByUs({ recorder, root })).rejects.toThrow('is not a pattern');
  });

  test.each([
    ['without an ignore file', {}],
    ['with one', { ignore: '*.md\n' }],
    ['with one that leaves itself out', { ignore: '.dockerignore\n' }],
  ])('a Dockerfile outside, %s', async (_, one) => {
    const root = plant(one);
    const outside = path.join(folder, `Dockerfile-${String(count)}`);
    fs.writeFileSync(outside, 'FROM scratch\nLABEL out=side\n');
    const theirs = await sentByCli(cli, { recorder, root }, ['-f', outside]);
    const ours = await sentByUs({ recorder, root }, { dockerfile: outside });
    expect(ours && withoutChance(ours)).toEqual(theirs && withoutChance(theirs));
  });
});

/** Without the random name of a Dockerfile from outside, and the time of the request. */
function withoutChance({ query, entries, contents }: RecordedBuild): unknown {
  const name = query.get('dockerfile') ?? '';
  expect(name).toMatch(/^\.dockerfile\.[0-9a-f]{20}$/);
  const same = (text: string): string => text.replaceAll(name, 'RANDOM');
  const timeless = (line: string): string => line.replace(/^((?:RANDOM|\.dockerignore) .*) \| \d+$/, '$1');
  return {
    entries: entries.map((line) => timeless(same(line))).sort(),
    contents: [...contents].map((pair) => pair.map(same)).sort(),
  };
}
