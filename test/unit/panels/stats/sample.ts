import type { StatsSample } from '../../../../src/engine/stats/sample';

/** A sample of a running container. */
export function sample(time: number, more: Partial<StatsSample> = {}): StatsSample {
  return {
    ...{ id: 'id', name: 'web', running: true, time },
    ...{ cpuPercent: 1, cpuLimitPercent: 1, memoryUsed: 1, memoryLimit: 2, memoryPercent: 50 },
    ...{ netRx: 1, netTx: 1, blockRead: 1, blockWrite: 1, pids: 1 },
    ...more,
  };
}
