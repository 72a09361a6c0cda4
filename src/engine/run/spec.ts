/**
 * What `docker run` can say, as data. Strings follow the CLI's own grammar
 * (ports `127.0.0.1:8088:80/tcp`, volumes `/host:/ctr:ro` or `name:/ctr`, sizes `512m`).
 */
export interface RunSpec {
  image: string;
  command?: string[];
  entrypoint?: string[];
  name?: string;
  detach?: boolean;
  interactive?: boolean;
  tty?: boolean;
  remove?: boolean;
  env?: Record<string, string>;
  envFile?: string[];
  ports?: string[];
  publishAll?: boolean;
  volumes?: string[];
  mounts?: string[];
  network?: string;
  networkAliases?: string[];
  links?: string[];
  hostname?: string;
  user?: string;
  workdir?: string;
  labels?: Record<string, string>;
  restart?: string;
  memory?: string;
  cpus?: string;
  privileged?: boolean;
  readOnly?: boolean;
  init?: boolean;
  capAdd?: string[];
  capDrop?: string[];
  healthCommand?: string;
  stopSignal?: string;
  gpus?: string;
  extraHosts?: string[];
  dns?: string[];
  platform?: string;
  pull?: 'missing' | 'always' | 'never';
  /** Which engine to run on; the shown one when missing. */
  engine?: string;
  /** false: open nothing; a run that is not detached then answers with its exit code and output. */
  show?: boolean;

  // The rest of the CLI's flags, under the CLI's names.
  /** Variables named without a value (`-e KEY`): taken from the caller's environment, else removed from the image's. */
  passEnv?: string[];
  /** `--network` given more than once: the values after the first. */
  furtherNetworks?: string[];
  /** `--gpus` given more than once: the values after the first. */
  furtherGpus?: string[];
  annotations?: Record<string, string>;
  /** Streams to attach to: `stdin`, `stdout`, `stderr`. */
  attach?: string[];
  blkioWeight?: number;
  blkioWeightDevices?: string[];
  cgroupParent?: string;
  cgroupns?: string;
  cidfile?: string;
  cpuCount?: number;
  cpuPercent?: number;
  cpuPeriod?: number;
  cpuQuota?: number;
  cpuRtPeriod?: number;
  cpuRtRuntime?: number;
  cpuShares?: number;
  cpusetCpus?: string;
  cpusetMems?: string;
  detachKeys?: string;
  deviceCgroupRules?: string[];
  deviceReadBps?: string[];
  deviceReadIops?: string[];
  deviceWriteBps?: string[];
  deviceWriteIops?: string[];
  devices?: string[];
  /** false: verify the image's signature; this client cannot, so it only travels with the line. */
  disableContentTrust?: boolean;
  dnsOptions?: string[];
  dnsSearch?: string[];
  domainname?: string;
  expose?: string[];
  groupAdd?: string[];
  healthInterval?: string;
  healthRetries?: number;
  healthStartInterval?: string;
  healthStartPeriod?: string;
  healthTimeout?: string;
  noHealthcheck?: boolean;
  ioMaxbandwidth?: string;
  ioMaxiops?: number;
  ip?: string;
  ip6?: string;
  ipc?: string;
  isolation?: string;
  kernelMemory?: string;
  labelFile?: string[];
  linkLocalIps?: string[];
  logDriver?: string;
  logOpts?: Record<string, string>;
  macAddress?: string;
  memoryReservation?: string;
  memorySwap?: string;
  memorySwappiness?: number;
  oomKillDisable?: boolean;
  oomScoreAdj?: number;
  pid?: string;
  pidsLimit?: number;
  quiet?: boolean;
  runtime?: string;
  securityOpt?: string[];
  shmSize?: string;
  sigProxy?: boolean;
  stopTimeout?: number;
  storageOpts?: Record<string, string>;
  sysctls?: Record<string, string>;
  tmpfs?: string[];
  ulimits?: string[];
  userns?: string;
  uts?: string;
  volumeDriver?: string;
  volumesFrom?: string[];
}
