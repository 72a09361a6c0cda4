import type { StatsPoint } from '../../../../src/protocol/stats';

/** A sample with ones in it. */
export function point(time: number, more: Partial<StatsPoint> = {}): StatsPoint {
  return {
    time,
    cpuPercent: 1,
    cpuLimitPercent: 1,
    memoryUsed: 1,
    blockRead: 1,
    blockWrite: 1,
    pids: 1,
    ...more,
  };
}
