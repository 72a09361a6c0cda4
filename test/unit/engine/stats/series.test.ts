import { describe, expect, it } from 'vitest';
import { StatsSeries } from '../../../../src/engine/stats/series';
import { STOPPED, V1 } from './told';

/** `V1` at this second, with this much processor time; the engine says nothing of the one before. */
const at = (second: number, used: number): object => ({
  ...V1,
  read: `2026-11-25T23:01:${String(second).padStart(2, '0')}Z`,
  preread: '0001-01-01T00:00:00Z',
  precpu_stats: STOPPED.precpu_stats,
  cpu_stats: { cpu_usage: { total_usage: used }, system_cpu_usage: second * 2e9, online_cpus: 2 },
});

/** What a series makes of the messages; of samples, their share of a processor. */
function told(...messages: (object | 'silence')[]): unknown[] {
  const series = new StatsSeries();
  return messages.map((message) => {
    const sample = message === 'silence' ? series.interrupt() : series.next(message);
    return typeof sample === 'object' ? sample.cpuPercent : sample;
  });
}

describe('StatsSeries', () => {
  it('tells from the second message on', () => {
    expect(told(at(1, 0), at(2, 1e9), at(3, 1.5e9))).toEqual([undefined, 100, 50]);
  });

  it('has one gap while the container does not run, and begins anew after it', () => {
    expect(told(at(1, 0), at(2, 1e9), STOPPED, STOPPED, at(5, 1e9), at(6, 2e9))).toEqual([
      undefined,
      100,
      'gap',
      undefined,
      undefined,
      100,
    ]);
  });

  it('tells a restart between two messages by the counters', () => {
    expect(told(at(1, 5e9), at(2, 6e9), at(3, 1e9), at(4, 2e9))).toEqual([undefined, 100, 'gap', 100]);
  });

  it('begins anew after a silence', () => {
    expect(told('silence', at(1, 0), 'silence', at(5, 1e9), at(6, 2e9))).toEqual([
      undefined,
      undefined,
      'gap',
      undefined,
      100,
    ]);
  });

  it('counts how long the container has not run', () => {
    const series = new StatsSeries();
    const counts = [STOPPED, at(1, 0), STOPPED, STOPPED].map((message) => {
      series.next(message);
      return series.stopped;
    });
    expect(counts).toEqual([1, 0, 1, 2]);
  });
});
