import { spawn } from 'node:child_process';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { Logs } from '../../../src/engine/logs';
import type { Output } from '../../../src/engine/streams/collect';
import { engine } from '../../rig/engine';
import { removeLabelled, started, stateOf } from '../../engine/support/box';
import { connect } from '../../engine/support/connect';
import { dockerCli } from '../support/cli';
import { CONTAINERS } from './containers';

const LABEL = 'conformance-logs';
const logs = new Logs(connect().requests);
let cli = '';
const ids = new Map<string, string>();

/** What `docker logs` prints, to the byte. */
async function printed(id: string, options: readonly string[]): Promise<Output> {
  const child = spawn(cli, ['logs', ...options, id], {
    env: { PATH: '/usr/bin:/bin', DOCKER_HOST: engine.host, DOCKER_CONFIG: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [stdout, stderr] = await Promise.all([buffer(child.stdout), buffer(child.stderr)]);
  return { stdout, stderr };
}

/** Those whose bytes do not tell their lines, and why. */
const ODD: Readonly<Record<string, string>> = {
  'a line of 3 MB': 'comes as several lines: memory is bounded',
  'several runs without a final newline': 'the last words of each run are a line of their own',
  'the local driver':
    'it loses the newline of a line that is longer than a piece; our lines are right all the same',
  'the local driver and a terminal': 'it loses that newline, and nothing else tells where the line ends',
};

const short = (text: string): string =>
  text.length < 200 ? text : `${text.slice(0, 20)}… ${String(text.length)}`;

/** Bytes, short enough to be compared by an assertion. */
const told = (bytes: Buffer): string =>
  bytes.length < 2000 ? bytes.toString('latin1') : `${String(bytes.length)} bytes`;

function same(ours: Output, theirs: Output): void {
  expect([told(ours.stdout), told(ours.stderr)]).toEqual([told(theirs.stdout), told(theirs.stderr)]);
  expect(ours.stdout.equals(theirs.stdout)).toBe(true);
  expect(ours.stderr.equals(theirs.stderr)).toBe(true);
}

beforeAll(async () => {
  cli = await dockerCli();
  for (const [name, box] of Object.entries(CONTAINERS)) ids.set(name, await started(LABEL, box));
  for (const id of ids.values())
    await vi.waitUntil(async () => (await stateOf(id)).Status === 'exited', { timeout: 60_000 });
}, 300_000);
afterAll(() => removeLabelled(LABEL));

describe.each(Object.keys(CONTAINERS))('%s', (name) => {
  const id = (): string => ids.get(name) ?? '';

  test('all of it', async () => {
    const theirs = await printed(id(), []);
    same(await logs.collect(id()), theirs);
    // A container that should have written and has not would agree on nothing.
    expect(theirs.stdout.length + theirs.stderr.length > 0).toBe(name !== 'nothing');
  });

  test('with timestamps', async () => {
    same(await logs.collect(id(), { timestamps: true }), await printed(id(), ['--timestamps']));
  });

  test('its end', async () => {
    same(await logs.collect(id(), { tail: 3 }), await printed(id(), ['--tail', '3']));
  });

  test('its lines are those of the bytes', async (context) => {
    const why = ODD[name];
    if (why !== undefined) return context.skip(why);
    const { stdout, stderr } = await logs.collect(id());
    const lines: Record<'stdout' | 'stderr', string[]> = { stdout: [], stderr: [] };
    for await (const batch of logs.lines(id()))
      for (const { stream, text } of batch) lines[stream].push(text);
    for (const [stream, bytes] of [
      ['stdout', stdout],
      ['stderr', stderr],
    ] as const) {
      const expected = bytes
        .toString('utf8')
        .split('\n')
        .map((text) => text.replace(/\r$/, ''));
      if (expected.at(-1) === '') expected.pop();
      expect(lines[stream].map(short)).toEqual(expected.map(short));
      expect(lines[stream].join('\n') === expected.join('\n')).toBe(true);
    }
  });
});
