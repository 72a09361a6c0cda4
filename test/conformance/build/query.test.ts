import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { address } from '../../../scripts/rig/engineApi.mjs';
import type { BuildOptions } from '../../../src/engine/build/options';
import { engine } from '../../rig/engine';
import { dockerClis } from '../support/clis';
import { startBuildRecorder, type BuildRecorder } from './recorder';
import { sentByCli, sentByUs } from './support';

interface Flags {
  readonly args: readonly string[];
  readonly options: Partial<BuildOptions>;
  readonly env?: Readonly<Record<string, string>>;
  readonly proxies?: object;
}

const CASES: readonly Flags[] = [
  { args: [], options: {} },
  { args: ['-t', 'one'], options: { tags: ['one'] } },
  {
    args: ['-t', 'h.example:5000/a/b:1.0', '-t', 'two:latest', '-t', 'docker.io/library/three'],
    options: { tags: ['h.example:5000/a/b:1.0', 'two:latest', 'docker.io/library/three'] },
  },
  { args: ['--target', 'Stage'], options: { target: 'Stage' } },
  {
    args: ['--build-arg', 'A=1', '--build-arg', 'B=x=y z', '--build-arg', 'EMPTY='],
    options: { buildArgs: { A: '1', B: 'x=y z', EMPTY: '' } },
  },
  {
    args: ['--build-arg', 'FROM_OUTSIDE', '--build-arg', 'NOWHERE'],
    options: { buildArgs: { FROM_OUTSIDE: null, NOWHERE: null } },
    env: { FROM_OUTSIDE: 'from outside' },
  },
  { args: ['--label', 'a=b', '--label', 'c.d='], options: { labels: { a: 'b', 'c.d': '' } } },
  { args: ['--no-cache'], options: { noCache: true } },
  { args: ['--pull', '--no-cache'], options: { pull: true, noCache: true } },
  { args: ['--platform', 'linux/AMD64'], options: { platform: 'linux/AMD64' } },
  { args: [], options: {}, env: { DOCKER_DEFAULT_PLATFORM: 'linux/arm64' } },
  {
    args: ['--platform', 'linux/amd64'],
    options: { platform: 'linux/amd64' },
    env: { DOCKER_DEFAULT_PLATFORM: 'linux/arm64' },
  },
  { args: ['--network', 'host'], options: { network: 'host' } },
  { args: ['--network', 'none', '-t', 'x'], options: { network: 'none', tags: ['x'] } },
  {
    args: ['--build-arg', 'HTTP_PROXY=own', '--build-arg', 'X=1'],
    options: { buildArgs: { HTTP_PROXY: 'own', X: '1' } },
    proxies: { default: { httpProxy: 'http://p.example', noProxy: 'localhost' } },
  },
  {
    args: ['-t', 'all:1', '--target', 't', '--build-arg', 'A=ü&=?', '--label', 'l=m', '--pull'],
    options: { tags: ['all:1'], target: 't', buildArgs: { A: 'ü&=?' }, labels: { l: 'm' }, pull: true },
  },
];

/** CLIs since 23 leave these out. */
const TAKEN_FOR_GRANTED: Readonly<Record<string, string>> = { rm: '1', networkmode: 'default' };

const INVALID = ['UPPER', 'a b', '-x', 'a:', 'a:b c', ''];

const clis = await dockerClis();
let recorder: BuildRecorder;
let root: string;

beforeAll(async () => {
  recorder = await startBuildRecorder(address(engine.host));
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-query-'));
  fs.writeFileSync(path.join(root, 'Dockerfile'), 'FROM scratch\n');
});

afterAll(async () => {
  await recorder[Symbol.asyncDispose]();
  fs.rmSync(root, { recursive: true, force: true });
});

describe.each(clis)('the same query as docker $version', (cli) => {
  test.each(CASES.map((one) => [title(one), one] as const))(
    '%s',
    async (_, { args, options, env, proxies }) => {
      const config = fs.mkdtempSync(path.join(os.tmpdir(), 'quayside-config-'));
      fs.writeFileSync(path.join(config, 'config.json'), JSON.stringify({ proxies: proxies ?? {} }));
      const around = { recorder, root, config, ...(env && { env }) };
      // Ours leaves no container behind after a failure; that is chosen.
      const theirs = await sentByCli(cli, around, ['--force-rm', ...args]);
      const ours = await sentByUs(around, options);
      fs.rmSync(config, { recursive: true });
      expect(theirs).toBeDefined();
      expect(ours && normal(ours.query)).toEqual(theirs && normal(theirs.query));
    },
  );

  test.each(INVALID)('refused by both: the tag %j', async (tag) => {
    expect(await sentByCli(cli, { recorder, root }, ['-t', tag])).toBeUndefined();
    await expect(sentByUs({ recorder, root }, { tags: [tag] })).rejects.toMatchObject({ kind: 'invalid' });
  });
});

function title({ args, env, proxies }: Flags): string {
  return `docker build ${args.join(' ')}${env || proxies ? ` ${JSON.stringify({ env, proxies })}` : ''}`;
}

/** What the engine understands: JSON as its value, without what it takes for granted. */
function normal(query: URLSearchParams): unknown {
  const found = [...query].map(([key, value]): [string, unknown] => [
    key,
    /^[[{]/.test(value) || value === 'null' ? (JSON.parse(value) as unknown) : value,
  ]);
  return found
    .filter(([, value]) => value !== '' && value !== '0' && value !== null && !isEmpty(value))
    .filter(([key, value]) => TAKEN_FOR_GRANTED[key] !== value)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function isEmpty(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}
