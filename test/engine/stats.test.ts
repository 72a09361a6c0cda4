import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Stats } from '../../src/engine/stats';
import { StatsSampler } from '../../src/engine/stats/sampler';
import type { StatsSample } from '../../src/engine/stats/sample';
import { ask, behindProxy } from '../rig/engine';
import { created, removeLabelled, started } from './support/box';
import { connect } from './support/connect';

const LABEL = 'stats';
const stats = new Stats(connect().requests);
const BUSY = 'while :; do :; done';
let busy = '';
let idle = '';

beforeAll(async () => {
  // Half a core, so that what others do on this machine does not show.
  busy = await started(LABEL, { script: BUSY, host: { NanoCpus: 200_000_000, Memory: 64 * 1024 * 1024 } });
  idle = await started(LABEL, { script: 'sleep 600', host: { NetworkMode: 'host' } });
});
afterAll(() => removeLabelled(LABEL));

/** The first `count` that a watch gives. */
async function take(id: string, count: number, from = stats): Promise<(StatsSample | 'gap')[]> {
  const stop = new AbortController();
  const seen: (StatsSample | 'gap')[] = [];
  for await (const sample of from.watch(id, stop.signal)) {
    seen.push(sample);
    if (seen.length === count) break;
  }
  stop.abort();
  return seen;
}

describe('once', () => {
  test('is right from the first time', async () => {
    const sample = await stats.once(busy);
    expect(sample).toMatchObject({
      id: busy,
      running: true,
      memoryLimit: 64 * 1024 * 1024,
      netRx: expect.any(Number) as number,
    });
    expect(sample.cpuPercent).toBeGreaterThan(5);
    expect(sample.cpuPercent).toBeLessThan(40);
    expect(sample.cpuLimitPercent).toBeCloseTo(sample.cpuPercent / 0.2, 5);
    expect(sample.memoryUsed).toBeGreaterThan(10_000);
    expect(sample.pids).toBeGreaterThanOrEqual(2);
  });

  test('tells a container that does nothing, on a network that is not counted', async () => {
    const sample = await stats.once(idle);
    expect(sample.cpuPercent).toBeLessThan(1);
    expect(sample).toMatchObject({ netRx: undefined, netTx: undefined });
  });

  test('is all zeros at once for a container that does not run', async () => {
    const id = await created(LABEL, { script: 'true' });
    const before = performance.now();
    expect(await stats.once(id)).toMatchObject({
      id,
      running: false,
      cpuPercent: 0,
      memoryUsed: 0,
      netRx: 0,
      pids: 0,
    });
    expect(performance.now() - before).toBeLessThan(1000);
  });

  test('rejects without such a container, and when it is cancelled', async () => {
    await expect(stats.once('nobody-has-this-name')).rejects.toMatchObject({ kind: 'notFound' });
    await expect(stats.once(busy, AbortSignal.timeout(100))).rejects.toMatchObject({ kind: 'cancelled' });
  });
});

describe('watch', () => {
  test('gives a right sample a second, with rates', async () => {
    const seen = await take(busy, 3);
    const samples = seen.filter((sample) => sample !== 'gap');
    expect(samples).toHaveLength(3);
    for (const { cpuPercent, perSecond } of samples) {
      // The first would be near zero if it were the average since the machine started.
      expect(cpuPercent).toBeGreaterThan(5);
      expect(cpuPercent).toBeLessThan(40);
      expect(perSecond?.blockRead).toBeGreaterThanOrEqual(0);
    }
    const [one, , three] = samples;
    expect((three?.time ?? 0) - (one?.time ?? 0)).toBeGreaterThan(1500);
    expect((three?.time ?? 0) - (one?.time ?? 0)).toBeLessThan(10_000);
  });

  test('has a gap where the container stops and starts again, and ends when it is removed', async () => {
    const id = await started(LABEL, { script: BUSY, host: { NanoCpus: 200_000_000 } });
    const seen: (StatsSample | 'gap')[] = [];
    const watching = (async () => {
      for await (const sample of stats.watch(id, new AbortController().signal)) seen.push(sample);
    })();
    const samples = (): number => seen.filter((sample) => sample !== 'gap').length;
    await expect.poll(samples).toBe(2);
    await ask('POST', `/containers/${id}/kill`);
    await expect.poll(() => seen.at(-1)).toBe('gap');
    const before = samples();
    await ask('POST', `/containers/${id}/start`);
    await expect.poll(samples).toBe(before + 2);
    await ask('DELETE', `/containers/${id}?force=1`);
    await watching;
    expect(seen.at(-1)).toBe('gap');
    for (const sample of seen) if (sample !== 'gap') expect(sample.cpuPercent).toBeLessThan(40);
    expect(seen.filter((sample, i) => sample === 'gap' && seen[i - 1] === 'gap')).toEqual([]);
  });

  test('comes back after a lost connection, with a gap', async () => {
    await using proxy = await behindProxy();
    const through = new Stats(connect(proxy.host).requests);
    const stop = new AbortController();
    const seen: (StatsSample | 'gap')[] = [];
    const watching = (async () => {
      for await (const sample of through.watch(busy, stop.signal)) {
        seen.push(sample);
        if (seen.length === 1) proxy.cut();
        if (seen.length === 3) stop.abort();
      }
    })();
    await expect(watching).rejects.toMatchObject({ kind: 'cancelled' });
    expect(seen.map((sample) => sample === 'gap')).toEqual([false, true, false]);
  });

  test('gives nothing for a container that does not run, and ends without one', async () => {
    expect(await take('nobody-has-this-name', 1)).toEqual([]);
    const id = await created(LABEL, { script: 'true' });
    const seen: unknown[] = [];
    const watching = (async () => {
      for await (const sample of stats.watch(id, AbortSignal.timeout(2500))) seen.push(sample);
    })();
    await expect(watching).rejects.toMatchObject({ kind: 'cancelled' });
    expect(seen).toEqual([]);
  });
});

describe('StatsSampler', () => {
  test('watches many at the same time', async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => started(LABEL, { script: 'sleep 600' })));
    const errors: unknown[] = [];
    const sampler = new StatsSampler(stats, (id, error) => errors.push([id, error]));
    const heard = new Map<string, number>();
    const watches = ids.map((id) => sampler.watch(id, () => heard.set(id, (heard.get(id) ?? 0) + 1)));
    await expect.poll(() => ids.every((id) => (heard.get(id) ?? 0) >= 2)).toBe(true);
    expect(ids.map((id) => sampler.latest(id)?.id)).toEqual(ids);
    for (const watch of watches) watch.dispose();
    expect(sampler.size).toBe(0);
    expect(errors).toEqual([]);
  });
});
