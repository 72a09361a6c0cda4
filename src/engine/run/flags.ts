import { checkMac, parseDnsSearch, parseExtraHost, parseIp } from './addresses';
import { checkDeviceRule, parseDeviceBytes, parseDeviceOperations, parseDeviceWeight } from './devices';
import { checkEnv } from './env';
import { boolean, list, number, record, text, type Flag } from './flag';
import {
  checkCgroupns,
  checkDevice,
  checkDuration,
  checkHostMode,
  checkLabel,
  checkPair,
  checkPid,
  checkPull,
  checkStream,
  checkSysctl,
  unlessEmpty,
} from './flagChecks';
import { parseGpus } from './gpus';
import { cpusText, deviceRateText, deviceWeightText, sizeText } from './inspect/texts';
import { parseMount } from './mounts';
import { checkContainerName } from './names';
import { checkLink, parseNetwork } from './networks';
import { parsePlatform } from './platform';
import { parseExpose, parsePort } from './ports';
import { parseRestart } from './restart';
import { checkSecurityOption } from './security';
import { parseUlimit } from './ulimits';
import { parseCpus, parseSize, parseSizeOrUnlimited } from './units';
import { parseVolume } from './volumes';

const size = { parse: parseSize, format: sizeText, example: '512m' };
const bytes = { parse: parseDeviceBytes, format: deviceRateText, example: '/dev/sda:1mb' };
const operations = { parse: parseDeviceOperations, format: deviceRateText, example: '/dev/sda:1000' };
const duration = { check: checkDuration, example: '30s' };

/**
 * The flags of `docker run` (`docker/cli: cli/command/container/opts.go`, `run.go`), in the order in which a printed line has
 * them. Parsing, printing, validation, the engine's request and its inspection all read this one table.
 */
export const FLAGS: readonly Flag[] = [
  boolean('detach', { short: 'd' }),
  boolean('interactive', { short: 'i' }),
  boolean('tty', { short: 't' }),
  boolean('rm', { field: 'remove', host: 'AutoRemove' }),
  text('name', { check: unlessEmpty(checkContainerName), example: 'web' }),
  list('publish', { field: 'ports', short: 'p', check: parsePort, example: '8080:80' }),
  boolean('publish-all', { short: 'P', host: 'PublishAllPorts' }),
  list('expose', { check: parseExpose, example: '80' }),
  list('volume', { field: 'volumes', short: 'v', check: parseVolume, example: './data:/data' }),
  list('mount', {
    field: 'mounts',
    check: (value) => parseMount(value),
    example: 'type=volume,src=data,dst=/data',
  }),
  list('tmpfs', { example: '/run:size=64m' }),
  list('volumes-from', { host: 'VolumesFrom', example: 'other-container' }),
  text('volume-driver', { host: 'VolumeDriver' }),
  { kind: 'env', name: 'env', field: 'env', short: 'e', check: checkEnv, example: 'NAME=value' },
  list('env-file', { example: '.env' }),
  text('network', {
    aliases: ['net'],
    further: 'furtherNetworks',
    check: parseNetwork,
    example: 'my-network',
  }),
  list('network-alias', { field: 'networkAliases', aliases: ['net-alias'], example: 'db' }),
  list('link', { field: 'links', check: checkLink, example: 'db:database' }),
  list('link-local-ip', { field: 'linkLocalIps', example: '169.254.2.2' }),
  text('ip', { example: '172.30.100.104' }),
  text('ip6', { example: '2001:db8::33' }),
  text('mac-address', { config: 'MacAddress', check: checkMac, example: '92:d0:c6:0a:29:33' }),
  text('hostname', { short: 'h', example: 'web' }),
  text('domainname', { config: 'Domainname' }),
  list('add-host', {
    field: 'extraHosts',
    host: 'ExtraHosts',
    parse: parseExtraHost,
    example: 'db:192.168.1.10',
  }),
  list('dns', { host: 'Dns', parse: parseIp, example: '1.1.1.1' }),
  list('dns-option', { field: 'dnsOptions', host: 'DnsOptions', aliases: ['dns-opt'], example: 'ndots:1' }),
  list('dns-search', { host: 'DnsSearch', parse: parseDnsSearch, example: 'example.com' }),
  text('user', { short: 'u', config: 'User', example: '1000:1000' }),
  list('group-add', { host: 'GroupAdd', example: 'docker' }),
  text('workdir', { short: 'w', config: 'WorkingDir', example: '/app' }),
  { kind: 'word', name: 'entrypoint', field: 'entrypoint', example: '/bin/sh' },
  record('label', { field: 'labels', short: 'l', check: checkLabel, example: 'key=value' }),
  list('label-file', { example: 'labels.txt' }),
  record('annotation', { field: 'annotations', host: 'Annotations', example: 'key=value' }),
  text('restart', { check: parseRestart, example: 'unless-stopped' }),
  text('memory', { short: 'm', host: 'Memory', ...size }),
  text('memory-reservation', { host: 'MemoryReservation', ...size }),
  text('memory-swap', { host: 'MemorySwap', ...size, parse: parseSizeOrUnlimited }),
  number('memory-swappiness', {
    host: 'MemorySwappiness',
    usual: [-1],
    zero: true,
    least: -1,
    most: 100,
    example: '60',
  }),
  text('kernel-memory', { host: 'KernelMemory', ...size }),
  text('shm-size', { host: 'ShmSize', usual: [64 * 1024 ** 2], ...size }),
  text('cpus', { host: 'NanoCpus', parse: parseCpus, format: cpusText, example: '1.5' }),
  number('cpu-shares', { short: 'c', host: 'CpuShares', example: '512' }),
  number('cpu-period', { host: 'CpuPeriod', example: '100000' }),
  number('cpu-quota', { host: 'CpuQuota', example: '50000' }),
  number('cpu-rt-period', { host: 'CpuRealtimePeriod' }),
  number('cpu-rt-runtime', { host: 'CpuRealtimeRuntime' }),
  number('cpu-count', { host: 'CpuCount' }),
  number('cpu-percent', { host: 'CpuPercent' }),
  text('cpuset-cpus', { host: 'CpusetCpus', example: '0-3' }),
  text('cpuset-mems', { host: 'CpusetMems', example: '0,1' }),
  number('pids-limit', { host: 'PidsLimit', example: '100' }),
  boolean('oom-kill-disable', { host: 'OomKillDisable' }),
  number('oom-score-adj', { host: 'OomScoreAdj', example: '500' }),
  number('blkio-weight', { host: 'BlkioWeight', least: 0, most: 65535, example: '500' }),
  list('blkio-weight-device', {
    field: 'blkioWeightDevices',
    host: 'BlkioWeightDevice',
    parse: parseDeviceWeight,
    format: deviceWeightText,
    example: '/dev/sda:500',
  }),
  list('device-read-bps', { host: 'BlkioDeviceReadBps', ...bytes }),
  list('device-write-bps', { host: 'BlkioDeviceWriteBps', ...bytes }),
  list('device-read-iops', { host: 'BlkioDeviceReadIOps', ...operations }),
  list('device-write-iops', { host: 'BlkioDeviceWriteIOps', ...operations }),
  text('io-maxbandwidth', { host: 'IOMaximumBandwidth', ...size }),
  number('io-maxiops', { host: 'IOMaximumIOps', least: 0 }),
  list('ulimit', { field: 'ulimits', check: parseUlimit, example: 'nofile=1024:2048' }),
  list('device', { field: 'devices', check: checkDevice, example: '/dev/fuse' }),
  list('device-cgroup-rule', {
    field: 'deviceCgroupRules',
    host: 'DeviceCgroupRules',
    check: checkDeviceRule,
    example: '"c 1:3 mr"',
  }),
  text('gpus', { further: 'furtherGpus', check: parseGpus, example: 'all' }),
  boolean('privileged', { host: 'Privileged' }),
  boolean('read-only', { host: 'ReadonlyRootfs' }),
  boolean('init', { host: 'Init', unset: undefined }),
  list('cap-add', { host: 'CapAdd', example: 'NET_ADMIN' }),
  list('cap-drop', { host: 'CapDrop', example: 'ALL' }),
  list('security-opt', { check: checkSecurityOption, example: 'no-new-privileges' }),
  record('sysctl', {
    field: 'sysctls',
    host: 'Sysctls',
    check: checkSysctl,
    example: 'net.core.somaxconn=1024',
  }),
  record('storage-opt', { field: 'storageOpts', host: 'StorageOpt', check: checkPair, example: 'size=10G' }),
  text('pid', { host: 'PidMode', check: checkPid, example: 'host' }),
  text('ipc', { host: 'IpcMode', usual: ['private'], example: 'host' }),
  text('uts', { host: 'UTSMode', check: checkHostMode, example: 'host' }),
  text('userns', { host: 'UsernsMode', check: checkHostMode, example: 'host' }),
  // An inspection shows what the engine chose, so neither says that somebody asked.
  text('cgroupns', {
    host: 'CgroupnsMode',
    usual: ['host', 'private'],
    check: checkCgroupns,
    example: 'private',
  }),
  text('cgroup-parent', { host: 'CgroupParent' }),
  text('isolation', { host: 'Isolation', usual: ['default'], example: 'process' }),
  text('runtime', { host: 'Runtime', usual: ['runc', 'io.containerd.runc.v2'], example: 'runc' }),
  text('log-driver', { example: 'json-file' }),
  record('log-opt', { field: 'logOpts', example: 'max-size=10m' }),
  text('health-cmd', { field: 'healthCommand', example: '"curl -f http://localhost/"' }),
  text('health-interval', duration),
  text('health-timeout', duration),
  number('health-retries', { least: 0, example: '3' }),
  text('health-start-period', duration),
  text('health-start-interval', duration),
  boolean('no-healthcheck', {}),
  text('stop-signal', { config: 'StopSignal', example: 'SIGTERM' }),
  number('stop-timeout', { config: 'StopTimeout', zero: true, example: '10' }),
  list('attach', { short: 'a', check: checkStream, example: 'stdout' }),
  text('detach-keys', { example: 'ctrl-p,ctrl-q' }),
  boolean('sig-proxy', { unset: true }),
  text('cidfile', { example: 'container.id' }),
  text('platform', { check: unlessEmpty(parsePlatform), example: 'linux/amd64' }),
  text('pull', { check: checkPull, example: 'always' }),
  boolean('quiet', { short: 'q' }),
  boolean('disable-content-trust', { unset: true }),
];

const BY_NAME = new Map(
  FLAGS.flatMap((flag) => [flag.name, ...(flag.aliases ?? [])].map((name) => [name, flag])),
);
const BY_SHORT = new Map(FLAGS.flatMap((flag) => (flag.short === undefined ? [] : [[flag.short, flag]])));

/** By its long name, without the dashes. */
export function flagNamed(name: string): Flag | undefined {
  return BY_NAME.get(name);
}

/** By its letter. */
export function flagLettered(letter: string): Flag | undefined {
  return BY_SHORT.get(letter);
}

/** The flag somebody may have meant: the same but for its dashes, or for a letter or two at the end. */
export function flagLike(typed: string): Flag | undefined {
  const plain = (name: string) => name.replaceAll('-', '').toLowerCase();
  const given = plain(typed);
  return FLAGS.find(({ name }) => {
    const known = plain(name);
    const isPrefix = known.startsWith(given) || given.startsWith(known);
    return isPrefix && given.length > 2 && Math.abs(known.length - given.length) < 3;
  });
}
