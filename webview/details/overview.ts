import type { Details, DetailsPath, DetailsStrings } from '../../src/protocol/details';
import { fill, moment } from '../shared/l10n';
import { binarySize } from '../shared/units';
import { list, number, record, text } from './json';

/** One line of the overview. Everything in it is text of whoever made the container. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  readonly href?: string;
  /** Where its value stands in the inspect object, when it is masked. */
  readonly secret?: DetailsPath;
  /** Of several lines, as they are. */
  readonly output?: true;
}

export interface Section {
  readonly id:
    'state' | 'container' | 'ports' | 'networks' | 'mounts' | 'limits' | 'health' | 'env' | 'labels';
  readonly title: string;
  readonly facts: readonly Fact[];
}

/** What a container is, in sections; a section without facts says that there are none. */
export function overview(
  details: Pick<Details, 'inspected' | 'masked' | 'ports' | 'digests'>,
  strings: DetailsStrings,
  now: number,
): readonly Section[] {
  const all = record(details.inspected);
  const masked = new Set(details.masked);
  const words = { strings, now, secret: (path: DetailsPath) => masked.has(JSON.stringify(path)) };
  const health = healthFacts(all, words);
  return [
    { id: 'state', title: strings.state, facts: stateFacts(all, words) },
    { id: 'container', title: strings.container, facts: containerFacts(all, details.digests, words) },
    {
      id: 'ports',
      title: strings.ports,
      facts: details.ports.map(({ inside, outside, url }) => ({
        name: inside,
        value: outside === '' ? strings.notPublished : outside,
        href: url,
      })),
    },
    { id: 'networks', title: strings.networks, facts: networkFacts(all, strings) },
    { id: 'mounts', title: strings.mounts, facts: mountFacts(all, strings) },
    { id: 'limits', title: strings.limits, facts: limitFacts(all, strings) },
    ...(health.length > 0 ? [{ id: 'health' as const, title: strings.health, facts: health }] : []),
    { id: 'env', title: strings.env, facts: envFacts(all, words) },
    { id: 'labels', title: strings.labels, facts: labelFacts(all, words) },
  ];
}

interface Words {
  readonly strings: DetailsStrings;
  readonly now: number;
  readonly secret: (path: DetailsPath) => boolean;
}

type Json = Readonly<Record<string, unknown>>;

/** Those that have something to say. */
function said(facts: readonly Fact[]): readonly Fact[] {
  return facts.filter(({ value }) => value !== '');
}

function stateFacts(all: Json, { strings, now }: Words): readonly Fact[] {
  const state = record(all['State']);
  const status = text(state['Status']);
  const policy = record(record(all['HostConfig'])['RestartPolicy']);
  const retries = number(policy['MaximumRetryCount']);
  const ended = ['exited', 'dead', 'restarting'].includes(status);
  const known: Readonly<Record<string, string>> = strings as unknown as Readonly<Record<string, string>>;
  return said([
    { name: strings.state, value: known[`state.${status}`] ?? status },
    { name: strings.exit, value: ended ? String(number(state['ExitCode'])) : '' },
    { name: strings.error, value: text(state['Error']) },
    { name: strings.error, value: state['OOMKilled'] === true ? strings.outOfMemory : '' },
    { name: strings.created, value: when(all['Created'], now) },
    { name: strings.started, value: when(state['StartedAt'], now) },
    { name: strings.finished, value: when(state['FinishedAt'], now) },
    { name: strings.restarts, value: String(number(all['RestartCount'])) },
    {
      name: strings.restartPolicy,
      value: `${text(policy['Name']) || 'no'}${retries > 0 ? `:${retries}` : ''}`,
    },
    { name: 'PID', value: number(state['Pid']) > 0 ? String(number(state['Pid'])) : '' },
  ]);
}

/** The engine says year 1 where it means never. */
function when(value: unknown, now: number): string {
  const time = Date.parse(text(value));
  return time > 0 ? moment(time, now) : '';
}

function containerFacts(all: Json, digests: readonly string[], { strings, secret }: Words): readonly Fact[] {
  const config = record(all['Config']);
  const labels = record(config['Labels']);
  const words = (value: unknown): string => list(value).map(String).map(quoted).join(' ');
  const hidden = (at: string, value: unknown): Pick<Fact, 'secret'> => {
    const some = list(value).some((_, index) => secret(['Config', at, index]));
    return some ? { secret: ['Config', at] } : {};
  };
  const project = text(labels['com.docker.compose.project']);
  const service = text(labels['com.docker.compose.service']);
  return said([
    { name: strings.name, value: text(all['Name']).replace(/^\//, '') },
    { name: strings.id, value: text(all['Id']) },
    { name: strings.image, value: text(config['Image']) },
    { name: strings.imageId, value: text(all['Image']) },
    ...digests.map((digest) => ({ name: strings.digest, value: digest })),
    { name: strings.platform, value: text(all['Platform']) },
    {
      name: strings.entrypoint,
      value: words(config['Entrypoint']),
      ...hidden('Entrypoint', config['Entrypoint']),
    },
    { name: strings.command, value: words(config['Cmd']), ...hidden('Cmd', config['Cmd']) },
    { name: strings.workdir, value: text(config['WorkingDir']) },
    { name: strings.user, value: text(config['User']) },
    { name: strings.hostname, value: text(config['Hostname']) },
    { name: strings.compose, value: [project, service].filter((part) => part !== '').join(' / ') },
  ]);
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function networkFacts(all: Json, strings: DetailsStrings): readonly Fact[] {
  const networks = record(record(all['NetworkSettings'])['Networks']);
  return Object.entries(networks).map(([name, value]) => {
    const network = record(value);
    const length = number(network['IPPrefixLen']);
    const ip = text(network['IPAddress']);
    const aliases = list(network['Aliases']).map(String);
    const lines = [
      ip === '' || length === 0 ? ip : `${ip}/${length}`,
      text(network['GlobalIPv6Address']),
      aliases.length > 0 ? fill(strings.aliases, aliases.join(', ')) : '',
    ];
    return { name, value: lines.filter((line) => line !== '').join('\n') || '–' };
  });
}

function mountFacts(all: Json, strings: DetailsStrings): readonly Fact[] {
  const mounts = list(all['Mounts']).map(record);
  const temporary = Object.entries(record(record(all['HostConfig'])['Tmpfs']));
  return [
    ...mounts.map((mount) => {
      const source = text(mount['Name']) || text(mount['Source']);
      const only = mount['RW'] === false ? ` (${strings.readOnly})` : '';
      return { name: text(mount['Destination']), value: `${text(mount['Type'])}: ${source}${only}` };
    }),
    ...temporary.map(([name, options]) => ({ name, value: `tmpfs: ${String(options)}` })),
  ];
}

function limitFacts(all: Json, strings: DetailsStrings): readonly Fact[] {
  const host = record(all['HostConfig']);
  const [memory, swap] = [number(host['Memory']), number(host['MemorySwap'])];
  const quota = number(host['CpuQuota']) / (number(host['CpuPeriod']) || 100_000);
  const cpus = number(host['NanoCpus']) / 1e9 || Math.max(0, quota);
  const size = (bytes: number): string => (bytes > 0 ? binarySize(bytes) : '');
  const pids = number(host['PidsLimit']);
  return said([
    { name: strings.memory, value: size(memory) || strings.noLimit },
    { name: strings.memorySwap, value: swap < 0 ? strings.noLimit : size(swap) },
    { name: strings.memoryReservation, value: size(number(host['MemoryReservation'])) },
    { name: strings.cpus, value: cpus > 0 ? String(cpus) : strings.noLimit },
    { name: strings.cpuShares, value: number(host['CpuShares']) > 0 ? String(host['CpuShares']) : '' },
    { name: strings.cpuset, value: text(host['CpusetCpus']) },
    { name: strings.processLimit, value: pids > 0 ? String(pids) : strings.noLimit },
  ]);
}

/** Probes whose output is shown, the newest first. */
const PROBES = 5;

function healthFacts(all: Json, { strings, now, secret }: Words): readonly Fact[] {
  const health = record(record(all['State'])['Health']);
  const status = text(health['Status']);
  if (status === '' || status === 'none') return [];
  const test = list(record(record(all['Config'])['Healthcheck'])['Test']).map(String);
  const path = ['Config', 'Healthcheck', 'Test'];
  const hidden = test.some((_, index) => secret([...path, index]));
  const probes = list(health['Log']).map(record).slice(-PROBES).reverse();
  return said([
    { name: strings.health, value: status },
    { name: strings.failing, value: String(number(health['FailingStreak'])) },
    { name: strings.check, value: test.map(quoted).join(' '), ...(hidden ? { secret: path } : {}) },
    ...probes.map((probe): Fact => {
      const code = fill(strings.probe, number(probe['ExitCode']));
      const output = text(probe['Output']).trimEnd();
      return {
        name: when(probe['Start'], now),
        value: output === '' ? code : `${code}\n${output}`,
        output: true,
      };
    }),
  ]);
}

function envFacts(all: Json, { secret }: Words): readonly Fact[] {
  return list(record(all['Config'])['Env']).map((line, index) => {
    const [, name = '', value = ''] = /^([^=]*)=?([^]*)$/.exec(String(line)) ?? [];
    const path = ['Config', 'Env', index];
    return { name, value, ...(secret(path) ? { secret: path } : {}) };
  });
}

function labelFacts(all: Json, { secret }: Words): readonly Fact[] {
  return Object.entries(record(record(all['Config'])['Labels']))
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, value]) => {
      const path = ['Config', 'Labels', name];
      return { name, value: String(value), ...(secret(path) ? { secret: path } : {}) };
    });
}
