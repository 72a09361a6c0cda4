import { list, number, record, text, type Json } from '../wire/read';

/** The counters of one stats message, whichever system they are from. */
export interface StatsRecord {
  readonly id: string;
  /** Without the slash. */
  readonly name: string;
  readonly windows: boolean;
  /** ms since 1970 of the engine's clock; 0 while the container does not run. */
  readonly read: number;
  readonly cpu: CpuCounters;
  /** Of the collection before; absent in the first message of a stream. */
  readonly previousCpu: CpuCounters | undefined;
  /** Cores (on Windows: processors). */
  readonly cores: number;
  readonly memoryUsed: number;
  /** Bytes; clamped to the machine's memory by the engine. Windows tells none. */
  readonly memoryLimit: number | undefined;
  /** Bytes over all networks; absent where the engine cannot tell (host network). */
  readonly net: { readonly rx: number; readonly tx: number } | undefined;
  readonly block: { readonly read: number; readonly write: number };
  readonly pids: number | undefined;
}

export interface CpuCounters {
  /** ms since 1970. */
  readonly read: number;
  /** ns; on Windows in units of 100 ns. */
  readonly used: number;
  /** ns of the whole machine, all cores together; 0 on Windows. */
  readonly system: number;
}

/** ms since 1970 with what the engine tells beyond; 0 for the zero time of Go, which stands for "none". */
function time(value: unknown): number {
  const said = text(value);
  const ms = said.startsWith('0001-') ? 0 : Date.parse(said) || 0;
  const beyond = /\.\d{3}(\d+)/.exec(said)?.[1];
  return beyond === undefined ? ms : ms + Number(`0.${beyond}`);
}

/**
 * One message of `GET /containers/{id}/stats`. Counters are 64 bits wide in the engine; what a number loses of them is
 * less than a microsecond. Reference: `api/types/container/stats.go` of moby.
 */
export function parseStatsRecord(json: unknown): StatsRecord {
  const item = record(json);
  const cpu = record(item['cpu_stats']);
  const processors = number(item['num_procs']);
  const osType = text(item['os_type']);
  // The message tells its system from API 1.52 on; before, only Windows counted processors.
  const windows = osType === '' ? processors > 0 : osType === 'windows';
  const read = time(item['read']);
  const preread = time(item['preread']);
  const memory = record(item['memory_stats']);
  const storage = record(item['storage_stats']);
  const pids = record(item['pids_stats'])['current'];
  return {
    id: text(item['id']),
    name: text(item['name']).replace(/^\//, ''),
    windows,
    read,
    cpu: counters(cpu, read),
    previousCpu: preread === 0 ? undefined : counters(record(item['precpu_stats']), preread),
    cores: windows
      ? processors
      : number(cpu['online_cpus']) || list(record(cpu['cpu_usage'])['percpu_usage']).length,
    memoryUsed: windows ? number(memory['privateworkingset']) : usedMemory(memory),
    memoryLimit: windows ? undefined : number(memory['limit']),
    net: sumNetworks(item['networks']),
    block: windows
      ? { read: number(storage['read_size_bytes']), write: number(storage['write_size_bytes']) }
      : sumBlocks(record(item['blkio_stats'])['io_service_bytes_recursive']),
    pids: windows || pids === undefined ? undefined : number(pids),
  };
}

function counters(cpu: Json, read: number): CpuCounters {
  return {
    read,
    used: number(record(cpu['cpu_usage'])['total_usage']),
    system: number(cpu['system_cpu_usage']),
  };
}

/** Memory without the cache that the system would give back: `total_inactive_file` is cgroup v1's, `inactive_file` v2's. */
function usedMemory(memory: Json): number {
  const stats = record(memory['stats']);
  const usage = number(memory['usage']) || number(stats['anon']);
  const total = number(stats['total_inactive_file']);
  if ('total_inactive_file' in stats && total < usage) return usage - total;
  const inactive = number(stats['inactive_file']);
  return inactive < usage ? usage - inactive : usage;
}

function sumNetworks(value: unknown): StatsRecord['net'] {
  const networks = Object.values(record(value)).map(record);
  if (networks.length === 0) return undefined;
  const sum = (key: string): number => networks.reduce((total, network) => total + number(network[key]), 0);
  return { rx: sum('rx_bytes'), tx: sum('tx_bytes') };
}

/** cgroup v1 says `Read`, v2 says `read`. */
function sumBlocks(value: unknown): StatsRecord['block'] {
  const entries = list(value).map(record);
  const sum = (letter: string): number =>
    entries
      .filter((entry) => text(entry['op']).toLowerCase().startsWith(letter))
      .reduce((total, entry) => total + number(entry['value']), 0);
  return { read: sum('r'), write: sum('w') };
}
