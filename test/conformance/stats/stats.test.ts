import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Stats } from '../../../src/engine/stats';
import { engine } from '../../rig/engine';
import { created, removeLabelled, started, type Box } from '../../engine/support/box';
import { connect } from '../../engine/support/connect';
import { dockerCli } from '../support/cli';
import { printed, type Printed } from './printed';

const LABEL = 'conformance-stats';
const SAMPLES = 20;
const stats = new Stats(connect().requests);
let cli = '';

beforeAll(async () => {
  cli = await dockerCli();
});
afterAll(() => removeLabelled(LABEL));

const keyOf = ({ CPUPerc, MemPerc, MemUsage, NetIO, BlockIO, PIDs }: Printed): string =>
  [CPUPerc, MemPerc, MemUsage, NetIO, BlockIO, PIDs].join(' | ');

function dockerStats(...args: string[]) {
  return spawn(cli, ['stats', '--no-trunc', '--format', '{{json .}}', ...args], {
    env: { PATH: '/usr/bin:/bin', DOCKER_HOST: engine.host, DOCKER_CONFIG: '/nonexistent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** A container whose numbers all change. */
const BUSY: Box = {
  script: `
    gateway=$(ip route | sed -n 's/default via \\([^ ]*\\).*/\\1/p')
    ping -i 0.3 -s 1400 "$gateway" >/dev/null &
    while :; do
      i=0; while [ $i -lt 5000 ]; do i=$((i+1)); done
      dd if=/dev/zero of=/big bs=1M count=3 conv=fsync 2>/dev/null
      cat /big >/dev/null; sleep 0.$((i % 7 + 1)) & sleep 0.2
    done`,
  host: { NanoCpus: 300_000_000, Memory: 128 * 1024 * 1024 },
};

test(`prints ${String(SAMPLES)} samples as the CLI does`, async () => {
  const id = await started(LABEL, BUSY);
  const stop = new AbortController();
  const ours: string[] = [];
  let gaps = 0;
  const watching = (async () => {
    for await (const sample of stats.watch(id, stop.signal)) {
      if (sample === 'gap') gaps++;
      else ours.push(keyOf(printed(sample)));
    }
  })();
  await expect.poll(() => ours.length).toBeGreaterThan(0);

  const child = dockerStats(id);
  let theirs: string[] = [];
  let seen = gaps;
  for await (const line of createInterface(child.stdout)) {
    const json = /\{.*\}/.exec(line)?.[0];
    if (json === undefined) continue;
    // An engine that says nothing for two seconds is a gap to us and "--" to the CLI: so many without one are compared.
    if (gaps > seen) theirs = [];
    seen = gaps;
    const key = keyOf(JSON.parse(json) as Printed);
    // It prints twice a second what the engine collects once, and begins with "--" and the average since the boot.
    if (key !== theirs.at(-1)) theirs.push(key);
    if (theirs.length > SAMPLES + 3) break;
  }
  child.kill();
  await expect.poll(() => ours).toContain(theirs.at(-2));
  stop.abort();
  await expect(watching).rejects.toMatchObject({ kind: 'cancelled' });

  const first = theirs.findIndex((key) => ours.includes(key));
  expect(first).toBeLessThanOrEqual(2);
  const compared = theirs.slice(first, -1);
  expect(compared.length).toBeGreaterThanOrEqual(SAMPLES);
  // The very same samples, in the same order, each value rounded as it is printed.
  const from = ours.indexOf(compared[0] ?? '');
  expect(ours.slice(from, from + compared.length)).toEqual(compared);
  for (const part of [0, 3] as const) {
    expect(new Set(compared.map((key) => key.split(' | ')[part])).size).toBeGreaterThan(5);
  }
}, 300_000);

test('shows a stopped container as the CLI does', async () => {
  const id = await created(LABEL, { script: 'true' });
  const child = dockerStats('--no-stream', id);
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) lines.push(line);
  const theirs = JSON.parse(lines.find((line) => line.includes('{')) ?? '{}') as Printed;
  expect(keyOf(printed(await stats.once(id)))).toBe(keyOf(theirs));
});
