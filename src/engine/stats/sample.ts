import { number, type Json } from '../wire/read';
import type { CpuCounters, StatsRecord } from './record';

/** What `docker stats` shows of a container. A value the engine cannot tell is `undefined`. */
export interface StatsSample {
  readonly id: string;
  readonly name: string;
  /** Of a container that does not run, all values are 0. */
  readonly running: boolean;
  /** ms since 1970, of the engine's clock. */
  readonly time: number;
  /** Of one core: two busy cores are 200. */
  readonly cpuPercent: number;
  /** Of what the container may use: its limit, or all cores. */
  readonly cpuLimitPercent: number;
  /** Bytes, without the cache. */
  readonly memoryUsed: number;
  /** Bytes: its limit, or all the machine has. Not told by Windows. */
  readonly memoryLimit: number | undefined;
  readonly memoryPercent: number | undefined;
  /** Bytes since the container started, over all its networks; not told of the host's network. */
  readonly netRx: number | undefined;
  readonly netTx: number | undefined;
  /** Bytes since the container started. */
  readonly blockRead: number;
  readonly blockWrite: number;
  /** Processes and threads; not told by Windows. */
  readonly pids: number | undefined;
  /** Bytes per second since the sample before; absent in the first. */
  readonly perSecond?: {
    readonly netRx: number | undefined;
    readonly netTx: number | undefined;
    readonly blockRead: number;
    readonly blockWrite: number;
  };
}

/** The cores a container may use by `HostConfig`; `undefined` without a limit. */
export function cpuLimit(hostConfig: Json): number | undefined {
  const nano = number(hostConfig['NanoCpus']);
  if (nano > 0) return nano / 1e9;
  const quota = number(hostConfig['CpuQuota']);
  return quota > 0 ? quota / (number(hostConfig['CpuPeriod']) || 100_000) : undefined;
}

/**
 * The sample that a record and the one before it make; `undefined` when it has none before: what a first record tells
 * of the processor is its average since the machine started. `cpus` is the container's `cpuLimit`. The formulas are
 * those of `cli/command/container/stats_helpers.go` of docker/cli.
 */
export function sampleOf(
  current: StatsRecord,
  previous: StatsRecord | undefined,
  cpus?: number,
): StatsSample | undefined {
  if (current.read === 0) return stopped(current);
  const before = previous && previous.read > 0 ? previous.cpu : current.previousCpu;
  if (!before) return undefined;
  const cpuPercent = (current.windows ? windowsCpu : linuxCpu)(before, current.cpu, current.cores);
  const { memoryUsed, memoryLimit, net, block, pids, id, name } = current;
  const seconds = previous && previous.read > 0 ? (current.read - previous.read) / 1000 : 0;
  const rate = (now: number, then: number): number => Math.max(0, now - then) / seconds;
  return {
    id,
    name,
    running: true,
    time: current.read,
    cpuPercent,
    cpuLimitPercent: cpuPercent / (cpus ?? (current.cores || 1)),
    memoryUsed,
    memoryLimit,
    memoryPercent:
      memoryLimit === undefined ? undefined : memoryLimit > 0 ? (memoryUsed / memoryLimit) * 100 : 0,
    netRx: net?.rx,
    netTx: net?.tx,
    blockRead: block.read,
    blockWrite: block.write,
    pids,
    perSecond:
      previous && seconds > 0
        ? {
            netRx: net && previous.net && rate(net.rx, previous.net.rx),
            netTx: net && previous.net && rate(net.tx, previous.net.tx),
            blockRead: rate(block.read, previous.block.read),
            blockWrite: rate(block.write, previous.block.write),
          }
        : undefined,
  };
}

/** Whether the container was started anew between the two: its counters began again. */
export function startedAnew(current: StatsRecord, previous: StatsRecord): boolean {
  return current.cpu.used < previous.cpu.used || current.read < previous.read;
}

function linuxCpu(before: CpuCounters, now: CpuCounters, cores: number): number {
  const used = now.used - before.used;
  const system = now.system - before.system;
  return used > 0 && system > 0 ? (used / system) * cores * 100 : 0;
}

function windowsCpu(before: CpuCounters, now: CpuCounters, processors: number): number {
  const possible = (now.read - before.read) * 10_000 * processors;
  const used = now.used - before.used;
  return possible > 0 && used > 0 ? (used / possible) * 100 : 0;
}

/** As the CLI shows it. */
function stopped({ id, name }: StatsRecord): StatsSample {
  return {
    id,
    name,
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
  };
}
