import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStatsRecord } from '../../../../src/engine/stats/record';
import { cpuLimit, sampleOf, startedAnew } from '../../../../src/engine/stats/sample';
import { STOPPED, V1, V2, WINDOWS } from './told';

const sample = (json: object, cpus?: number) => sampleOf(parseStatsRecord(json), undefined, cpus);

/** `V1`, `seconds` later with these counters on top. */
function later(seconds: number, more: { cpu?: number; rx?: number; read?: number }): object {
  return {
    ...V1,
    read: `2026-11-25T23:01:${String(13 + seconds)}.967347778Z`,
    preread: V1.read,
    cpu_stats: {
      ...V1.cpu_stats,
      cpu_usage: { total_usage: V1.cpu_stats.cpu_usage.total_usage + (more.cpu ?? 0) },
      system_cpu_usage: V1.cpu_stats.system_cpu_usage + seconds * 2e9,
    },
    blkio_stats: { io_service_bytes_recursive: [{ op: 'Read', value: 4100 + (more.read ?? 0) }] },
    networks: { eth0: { rx_bytes: 270 + (more.rx ?? 0), tx_bytes: 11 } },
  };
}

describe('sampleOf', () => {
  it('reads cgroup v1', () => {
    expect(sample(V1)).toEqual({
      id: 'f150283b',
      name: 'one',
      running: true,
      time: Date.parse('2026-11-25T23:01:13.967Z') + 0.347778,
      cpuPercent: (906_080_324 / 1_970_000_000) * 2 * 100,
      cpuLimitPercent: (906_080_324 / 1_970_000_000) * 100,
      memoryUsed: 761_856 - 28_672,
      memoryLimit: 25_276_510_208,
      memoryPercent: ((761_856 - 28_672) / 25_276_510_208) * 100,
      netRx: 270,
      netTx: 11,
      blockRead: 4100,
      blockWrite: 100,
      pids: 1,
    });
  });

  it('reads cgroup v2', () => {
    expect(sample(V2)).toMatchObject({
      cpuPercent: (906_080_324 / 1_970_000_000) * 2 * 100,
      memoryUsed: 600_000,
      memoryPercent: 30,
      blockRead: 10,
      blockWrite: 20,
    });
  });

  it.each([
    ['with the system told', { ...WINDOWS, os_type: 'windows' }],
    ['without', WINDOWS],
  ])('reads Windows, %s', (_, json) => {
    expect(sample(json)).toEqual({
      id: 'aa',
      name: 'win',
      running: true,
      time: Date.parse(WINDOWS.read),
      cpuPercent: 50,
      cpuLimitPercent: 12.5,
      memoryUsed: 77_824,
      memoryLimit: undefined,
      memoryPercent: undefined,
      netRx: 1,
      netTx: 2,
      blockRead: 11,
      blockWrite: 12,
      pids: undefined,
    });
  });

  it('counts the cores by their usage where they are not told', () => {
    const cpu = { ...V1.cpu_stats, online_cpus: undefined };
    expect(sample({ ...V1, cpu_stats: cpu })?.cpuPercent).toBeCloseTo(sample(V1)?.cpuPercent ?? 0, 10);
  });

  it.each([
    ['usage is all cache', { usage: 10, stats: { total_inactive_file: 20 } }, 10],
    [
      'v1 tells more than there is, v2 does not',
      { usage: 10, stats: { total_inactive_file: 20, inactive_file: 4 } },
      6,
    ],
    ['usage is not told', { stats: { anon: 30, inactive_file: 10 } }, 20],
    ['nothing is told', {}, 0],
  ])('takes the memory when %s', (_, memory, used) => {
    expect(sample({ ...V1, memory_stats: memory })).toMatchObject({
      memoryUsed: used,
      memoryLimit: 0,
      memoryPercent: 0,
    });
  });

  it('does not take a missing network for one without traffic', () => {
    expect(sample({ ...V1, networks: undefined })).toMatchObject({ netRx: undefined, netTx: undefined });
    const now = parseStatsRecord({ ...later(1, {}), networks: {} });
    expect(sampleOf(now, parseStatsRecord(V1))?.perSecond).toMatchObject({ netRx: undefined, blockRead: 0 });
  });

  it('makes nothing of a first record: its processor time is the average since the machine started', () => {
    expect(
      sample({ ...V1, preread: '0001-01-01T00:00:00Z', precpu_stats: STOPPED.precpu_stats }),
    ).toBeUndefined();
  });

  it('is all zeros for a container that does not run', () => {
    expect(sample(STOPPED)).toEqual({
      id: 'f150283b',
      name: 'one',
      running: false,
      time: 0,
      cpuPercent: 0,
      cpuLimitPercent: 0,
      memoryUsed: 0,
      memoryLimit: 0,
      memoryPercent: 0,
      netRx: 0,
      netTx: 0,
      blockRead: 0,
      blockWrite: 0,
      pids: 0,
    });
  });

  it('tells rates by the times of the reads', () => {
    const now = parseStatsRecord(later(4, { cpu: 2e9, rx: 4000, read: 800 }));
    expect(sampleOf(now, parseStatsRecord(V1))).toMatchObject({
      cpuPercent: 50,
      perSecond: { netRx: 1000, netTx: 0, blockRead: 200, blockWrite: 0 },
    });
  });

  it('takes its own record before, not what the engine says of another run', () => {
    const now = parseStatsRecord({ ...later(2, { cpu: 2e9 }), precpu_stats: STOPPED.precpu_stats });
    expect(sampleOf(now, parseStatsRecord(V1))?.cpuPercent).toBe(100);
  });

  it('tells no less than nothing when counters go back', () => {
    const now = parseStatsRecord(later(2, { cpu: -5, read: -900, rx: -100 }));
    expect(sampleOf(now, parseStatsRecord(V1))).toMatchObject({
      cpuPercent: 0,
      perSecond: { netRx: 0, blockRead: 0 },
    });
  });

  it.each([
    ['its own limit', 0.5, 200],
    ['more cores than there are', 4, 25],
  ])('tells the share of %s', (_, cpus, percent) => {
    const now = parseStatsRecord(later(2, { cpu: 2e9 }));
    expect(sampleOf(now, parseStatsRecord(V1), cpus)?.cpuLimitPercent).toBe(percent);
  });

  it('never fails and never tells less than nothing, whatever is sent', () => {
    const value = fc.oneof(fc.jsonValue(), fc.integer(), fc.constant(null));
    const stats = fc.record(
      Object.fromEntries(
        Object.keys(V1).map((key) => [key, fc.oneof(fc.constant(V1[key as keyof typeof V1]), value)]),
      ),
    );
    fc.assert(
      fc.property(stats, stats, (one, two) => {
        const found = sampleOf(parseStatsRecord(two), parseStatsRecord(one));
        const numbers = [found?.cpuPercent, found?.perSecond?.blockRead, found?.perSecond?.netRx];
        for (const each of numbers) expect(each ?? 0).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('startedAnew', () => {
  const before = parseStatsRecord(V1);
  it('tells a run from the one before by its counters', () => {
    expect(startedAnew(parseStatsRecord(later(1, { cpu: 5 })), before)).toBe(false);
    expect(startedAnew(parseStatsRecord(later(1, { cpu: -5 })), before)).toBe(true);
    expect(startedAnew(parseStatsRecord(later(-1, { cpu: 5 })), before)).toBe(true);
  });
});

describe('cpuLimit', () => {
  it.each([
    [{ NanoCpus: 1_500_000_000 }, 1.5],
    [{ NanoCpus: 0, CpuQuota: 50_000, CpuPeriod: 0 }, 0.5],
    [{ CpuQuota: 50_000, CpuPeriod: 25_000 }, 2],
    [{ NanoCpus: 0, CpuQuota: -1 }, undefined],
    [{}, undefined],
  ])('of %j is %s', (hostConfig, cores) => {
    expect(cpuLimit(hostConfig)).toBe(cores);
  });
});
