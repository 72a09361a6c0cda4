/** Stats messages as engines send them, cut down to what is read. */

const CPU = {
  cpu_usage: { total_usage: 1_131_812_845, percpu_usage: [648_530_808, 483_282_037] },
  system_cpu_usage: 3_347_150_000_000,
  online_cpus: 2,
};
const PRECPU = {
  cpu_usage: { total_usage: 225_732_521, percpu_usage: [202_655_879, 23_076_642] },
  system_cpu_usage: 3_345_180_000_000,
  online_cpus: 2,
};

/** Docker 20.10 on cgroup v1, recorded. */
export const V1 = {
  read: '2026-11-25T23:01:13.967347778Z',
  preread: '2026-11-25T23:01:12.96383455Z',
  pids_stats: { current: 1 },
  blkio_stats: {
    io_service_bytes_recursive: [
      { major: 8, minor: 0, op: 'Read', value: 4096 },
      { major: 8, minor: 0, op: 'Write', value: 100 },
      { major: 8, minor: 0, op: 'Sync', value: 50 },
      { major: 8, minor: 0, op: 'Total', value: 4196 },
      { major: 8, minor: 16, op: 'Read', value: 4 },
      { major: 8, minor: 16, op: '', value: 7 },
    ],
  },
  num_procs: 0,
  storage_stats: {},
  cpu_stats: CPU,
  precpu_stats: PRECPU,
  memory_stats: {
    usage: 761_856,
    stats: { cache: 45_056, inactive_file: 20_000, total_inactive_file: 28_672 },
    limit: 25_276_510_208,
  },
  name: '/one',
  id: 'f150283b',
  networks: { eth0: { rx_bytes: 266, tx_bytes: 5 }, eth1: { rx_bytes: 4, tx_bytes: 6 } },
};

/** cgroup v2: no usage per core, small letters, no `total_inactive_file`. */
export const V2 = {
  ...V1,
  os_type: 'linux',
  cpu_stats: { ...CPU, cpu_usage: { total_usage: 1_131_812_845 } },
  blkio_stats: {
    io_service_bytes_recursive: [
      { op: 'read', value: 10 },
      { op: 'write', value: 20 },
    ],
  },
  memory_stats: { usage: 1_000_000, stats: { anon: 500_000, inactive_file: 400_000 }, limit: 2_000_000 },
};

/** A container that does not run. */
export const STOPPED = {
  read: '0001-01-01T00:00:00Z',
  preread: '0001-01-01T00:00:00Z',
  pids_stats: {},
  blkio_stats: { io_service_bytes_recursive: null },
  num_procs: 0,
  storage_stats: {},
  cpu_stats: { cpu_usage: { total_usage: 0 } },
  precpu_stats: { cpu_usage: { total_usage: 0 } },
  memory_stats: {},
  name: '/one',
  id: 'f150283b',
};

/** Windows counts 100 ns of each processor. */
export const WINDOWS = {
  read: '2026-11-25T23:01:14Z',
  preread: '2026-11-25T23:01:13Z',
  num_procs: 4,
  cpu_stats: { cpu_usage: { total_usage: 30_000_000 } },
  precpu_stats: { cpu_usage: { total_usage: 10_000_000 } },
  memory_stats: { commitbytes: 9, privateworkingset: 77_824 },
  storage_stats: { read_size_bytes: 11, write_size_bytes: 12 },
  networks: { abc: { rx_bytes: 1, tx_bytes: 2 } },
  name: '/win',
  id: 'aa',
};
