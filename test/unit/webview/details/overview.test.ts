import { expect, test } from 'vitest';
import type { DetailsStrings } from '../../../../src/protocol/details';
import { headline } from '../../../../webview/details/headline';
import { overview } from '../../../../webview/details/overview';

/** Every word is its own name, so that a test reads like the panel. */
const strings = new Proxy({} as DetailsStrings, {
  get: (_, name) => (name === 'aliases' ? 'aka {0}' : String(name)),
});
Object.assign(globalThis, { document: { documentElement: { lang: 'en' } } });

const inspected = {
  Id: 'f00',
  Name: '/web',
  Image: 'sha256:abc',
  RestartCount: 3,
  State: {
    Status: 'exited',
    ExitCode: 137,
    OOMKilled: true,
    StartedAt: '2026-01-02T03:04:05Z',
    FinishedAt: '0001-01-01T00:00:00Z',
    Health: {
      Status: 'unhealthy',
      FailingStreak: 2,
      Log: [
        { Start: '2026-01-02T03:04:05Z', ExitCode: 0, Output: 'ok\n' },
        { Start: '2026-01-02T03:04:06Z', ExitCode: 1, Output: '' },
      ],
    },
  },
  Config: {
    Image: 'nginx',
    Cmd: ['sh', '-c', "echo 'hi'"],
    Env: ['A=1=2', 'TOKEN=***', 'EMPTY='],
    Labels: { 'com.docker.compose.project': 'shop', 'com.docker.compose.service': 'web', a: '<b>' },
    Healthcheck: { Test: ['CMD-SHELL', 'curl -f x'] },
  },
  HostConfig: {
    Memory: 64 * 1024 ** 2,
    MemorySwap: -1,
    CpuQuota: 50_000,
    RestartPolicy: { Name: 'on-failure', MaximumRetryCount: 5 },
    Tmpfs: { '/run': 'size=1m' },
  },
  Mounts: [{ Type: 'volume', Name: 'data', Source: '/var/x', Destination: '/data', RW: false }],
  NetworkSettings: { Networks: { front: { IPAddress: '10.0.0.2', IPPrefixLen: 16, Aliases: ['w', 'web'] } } },
};
const sections = overview(
  { inspected, masked: ['["Config","Env",1]'], ports: [], digests: ['nginx@sha256:1'] },
  strings,
  0,
);
const facts = (id: string) => sections.find((section) => section.id === id)?.facts ?? [];
const values = (id: string) => facts(id).map(({ name, value }) => [name, value]);

test('state: how it ended, how often it restarted; what never happened is left out', () => {
  const state = values('state');
  expect(state).toContainEqual(['exit', '137']);
  expect(state).toContainEqual(['error', 'outOfMemory']);
  expect(state).toContainEqual(['restarts', '3']);
  expect(state).toContainEqual(['restartPolicy', 'on-failure:5']);
  expect(state.map(([name]) => name)).not.toContain('finished');
  expect(state.map(([name]) => name)).toContain('started');
});

test('container: a command that can be pasted, the digest, the compose project', () => {
  expect(values('container')).toContainEqual(['command', "sh -c 'echo '\\''hi'\\'''"]);
  expect(values('container')).toContainEqual(['digest', 'nginx@sha256:1']);
  expect(values('container')).toContainEqual(['compose', 'shop / web']);
});

test('limits, mounts and networks in the words of docker', () => {
  expect(values('limits')).toEqual([
    ['memory', '64MiB'],
    ['memorySwap', 'noLimit'],
    ['cpus', '0.5'],
    ['processLimit', 'noLimit'],
  ]);
  expect(values('mounts')).toEqual([
    ['/data', 'volume: data (readOnly)'],
    ['/run', 'tmpfs: size=1m'],
  ]);
  expect(values('networks')).toEqual([['front', '10.0.0.2/16\naka w, web']]);
});

test('environment: cut at the first equals sign, and only what is masked can be asked for', () => {
  expect(facts('env')).toEqual([
    { name: 'A', value: '1=2' },
    { name: 'TOKEN', value: '***', secret: ['Config', 'Env', 1] },
    { name: 'EMPTY', value: '' },
  ]);
});

test('health: the newest probe first, with its output', () => {
  const probes = facts('health').filter(({ output }) => output);
  expect(probes.map(({ value }) => value)).toEqual(['probe', 'probe\nok']);
});

test('anything at all in place of an inspect object is no error', () => {
  for (const odd of [undefined, 5, [], { Config: 'x', State: [], Mounts: { a: 1 }, NetworkSettings: null }])
    expect(overview({ inspected: odd, masked: [], ports: [], digests: [] }, strings, 0)).toHaveLength(8);
});

test('the headline says why nothing moves, and nothing while all is well', () => {
  const running = { key: 'k', engine: 'e', name: 'n', image: 'i', state: 'running' } as const;
  expect(headline(running, strings, 0)).toBe('');
  expect(headline({ ...running, state: 'removed' }, strings, 0)).toBe('gone');
  expect(headline({ ...running, problem: 'Away.' }, strings, 0)).toBe('Away. back');
  expect(headline({ ...running, state: 'exited', exitCode: 1 }, strings, 0)).toBe('exitCode');
});
