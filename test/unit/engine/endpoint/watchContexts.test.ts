import { mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { watchContexts, type ContextWatcher } from '../../../../src/engine/endpoint/watchContexts';
import { contextFiles } from './contextFiles';
import { put, temporaryFolder } from './temporaryFolder';

let home: string;
let docker: string;
let watcher: ContextWatcher | undefined;
let fired: number;

beforeEach(async () => {
  home = await temporaryFolder();
  docker = join(home, '.docker');
});

afterEach(() => {
  watcher?.dispose();
});

async function watch(): Promise<void> {
  fired = 0;
  watcher = watchContexts({ env: {}, homedir: home, platform: process.platform });
  watcher.onDidChange(() => fired++);
  await watcher.ready;
}

/** As the CLI saves it: a temporary file beside it, then a rename. */
async function save(content: object): Promise<void> {
  await mkdir(docker, { recursive: true });
  const temporary = join(docker, 'config.json123');
  await writeFile(temporary, JSON.stringify(content));
  await rename(temporary, join(docker, 'config.json'));
}

const changes = (count: number) => expect.poll(() => fired, { timeout: 3000, interval: 10 }).toBe(count);

test('docker context use, again and again', async () => {
  await save({ currentContext: 'a' });
  await watch();
  await save({ currentContext: 'b' });
  await changes(1);
  await save({ currentContext: 'c' });
  await changes(2);
  await save({});
  await changes(3);
});

test('a configuration folder that is made later, removed and made again', async () => {
  await watch();
  await save({ currentContext: 'a' });
  await changes(1);
  await rm(docker, { recursive: true });
  await changes(2);
  await save({ currentContext: 'b' });
  await changes(3);
});

test('a folder replaced by another in one go', async () => {
  await save({ currentContext: 'a' });
  await watch();
  await rename(docker, join(home, 'old'));
  await save({ currentContext: 'b' });
  await changes(1);
  await save({ currentContext: 'c' });
  await changes(2);
});

test('contexts made, changed and removed', async () => {
  await save({});
  await watch();
  const file = await contextFiles(docker, { name: 'a', host: 'tcp://a:1' });
  await changes(1);
  await contextFiles(docker, { name: 'a', host: 'tcp://other:1' });
  await changes(2);
  await rm(join(file, '..'), { recursive: true });
  await changes(3);
});

test('a config.json that is a link into another folder', async () => {
  const dotfiles = await temporaryFolder({ 'docker.json': '{"currentContext":"a"}' });
  await mkdir(docker);
  await symlink(join(dotfiles, 'docker.json'), join(docker, 'config.json'));
  await watch();
  await put(join(dotfiles, 'docker.json'), '{"currentContext":"b"}');
  await changes(1);
});

test('what says nothing about contexts does not fire: the next change is the first', async () => {
  await save({ currentContext: 'a' });
  await watch();
  await save({ currentContext: 'a', auths: { h: {} } });
  await put(join(docker, 'daemon.json'), '{}');
  await put(join(home, 'unrelated'), '');
  await save({ currentContext: 'b' });
  await changes(1);
});

test('a burst is looked at together', async () => {
  await save({ currentContext: 'a' });
  await watch();
  for (let turn = 0; turn < 20; turn++) await save({ currentContext: `b${turn}` });
  await expect.poll(() => fired, { timeout: 1000 }).toBeGreaterThan(0);
  const burst = fired;
  await save({ currentContext: 'end' });
  await changes(burst + 1);
  expect(burst).toBeLessThanOrEqual(3);
});

test('a disposed one is quiet', async () => {
  await save({ currentContext: 'a' });
  await watch();
  await save({ currentContext: 'b' });
  watcher?.dispose();
  // Another one sees the change and its successor, by which time the first would have too.
  const quiet = fired;
  const other = watchContexts({ env: {}, homedir: home, platform: process.platform });
  await other.ready;
  const seen = new Promise<void>((resolve) => other.onDidChange(resolve));
  await save({ currentContext: 'c' });
  await seen;
  other.dispose();
  expect(fired).toBe(quiet);
});
