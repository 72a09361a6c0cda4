import { list, number, record, text, textMap, type Json } from './read';

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';
export type Health = 'starting' | 'healthy' | 'unhealthy';

export interface Port {
  /** Address on the engine's machine; absent when the port is only exposed. */
  readonly ip?: string;
  readonly privatePort: number;
  readonly publicPort?: number;
  readonly protocol: 'tcp' | 'udp' | 'sctp';
}

export interface Mount {
  readonly type: string;
  /** Volume name, or path on the engine's machine. */
  readonly source: string;
  readonly destination: string;
  readonly writable: boolean;
}

export interface ContainerNetwork {
  readonly name: string;
  readonly ip: string;
  readonly aliases: readonly string[];
}

/** One container as the list shows it; the same shape for Docker 20.10 to 29 and Podman. */
export interface Container {
  readonly id: string;
  readonly name: string;
  /** As it was asked for when the container was made: a reference, or an id. */
  readonly image: string;
  readonly imageId: string;
  readonly command: string;
  /** ms since 1970. */
  readonly created: number;
  readonly state: ContainerState;
  /** ms since 1970: when it entered this state, as exactly as the engine's words tell. */
  readonly since: number;
  readonly exitCode?: number;
  readonly health?: Health;
  readonly ports: readonly Port[];
  readonly labels: Readonly<Record<string, string>>;
  readonly mounts: readonly Mount[];
  readonly networks: readonly ContainerNetwork[];
}

const STATES: ReadonlySet<string> = new Set([
  'created',
  'running',
  'paused',
  'restarting',
  'removing',
  'exited',
  'dead',
]);

/** One item of `GET /containers/json`. `now` (ms) is when the answer came: the engine tells ages, not times. */
export function parseContainer(value: unknown, now: number): Container {
  const item = record(value);
  const status = text(item['Status']);
  const created = number(item['Created']) * 1000;
  const state = parseState(text(item['State']), status);
  const exitCode = /^(?:Exited|Restarting) \((\d+)\)/.exec(status)?.[1];
  const health = /\((?:health: )?(starting|healthy|unhealthy)\)/.exec(status)?.[1] as Health | undefined;
  const age = parseAge(status);
  return {
    id: text(item['Id']),
    name: parseName(item['Names']),
    image: text(item['Image']),
    imageId: text(item['ImageID']),
    command: text(item['Command']),
    created,
    state,
    since: age === undefined ? created : now - age,
    ...(exitCode === undefined ? {} : { exitCode: Number(exitCode) }),
    ...(health === undefined ? {} : { health }),
    ports: parsePorts(item['Ports']),
    labels: textMap(item['Labels']),
    mounts: list(item['Mounts']).map(parseMount),
    networks: Object.entries(record(record(item['NetworkSettings'])['Networks'])).map(parseNetwork),
  };
}

/** `Names` hold link aliases (`/other/alias`) too; the container's own has one slash. */
function parseName(names: unknown): string {
  const all = list(names).map(text);
  return (all.find((name) => name.lastIndexOf('/') <= 0) ?? all[0] ?? '').replace(/^\//, '');
}

function parseState(state: string, status: string): ContainerState {
  if (STATES.has(state)) return state as ContainerState;
  // Podman says "configured" and "stopped" in places where Docker has words of its own.
  if (state === 'stopped') return 'exited';
  return status.startsWith('Up') ? 'running' : 'created';
}

const UNIT_MS: Readonly<Record<string, number>> = {
  second: 1000,
  minute: 60_000,
  hour: 3_600_000,
  day: 86_400_000,
  week: 604_800_000,
  month: 2_592_000_000,
  year: 31_536_000_000,
};

/** The age in a status such as `Up 2 hours (healthy)` or `Exited (0) About a minute ago`, in ms (go-units `HumanDuration`). */
function parseAge(status: string): number | undefined {
  const match = /(Less than a|About an?|\d+) (second|minute|hour|day|week|month|year)s?/.exec(status);
  if (!match) return undefined;
  const [, count = '', unit = ''] = match;
  if (count.startsWith('Less')) return 0;
  return (count.startsWith('About') ? 1 : Number(count)) * (UNIT_MS[unit] ?? 0);
}

/** IPv4 and IPv6 twins of one published port are kept once, lowest private port first. */
function parsePorts(value: unknown): readonly Port[] {
  const seen = new Map<string, Port>();
  for (const item of list(value).map(record)) {
    const port = parsePort(item);
    const key = `${String(port.publicPort)}:${String(port.privatePort)}/${port.protocol}:${port.ip === '::' ? '0.0.0.0' : (port.ip ?? '')}`;
    if (!seen.has(key) || port.ip === '0.0.0.0') seen.set(key, port);
  }
  return [...seen.values()].sort(
    (a, b) => a.privatePort - b.privatePort || (a.publicPort ?? 0) - (b.publicPort ?? 0),
  );
}

function parsePort(item: Json): Port {
  const publicPort = number(item['PublicPort']);
  const protocol = text(item['Type']);
  return {
    ...(text(item['IP']) === '' ? {} : { ip: text(item['IP']) }),
    privatePort: number(item['PrivatePort']),
    ...(publicPort === 0 ? {} : { publicPort }),
    protocol: protocol === 'udp' || protocol === 'sctp' ? protocol : 'tcp',
  };
}

function parseMount(value: unknown): Mount {
  const item = record(value);
  return {
    type: text(item['Type']),
    source: text(item['Name']) || text(item['Source']),
    destination: text(item['Destination']),
    writable: item['RW'] !== false,
  };
}

function parseNetwork([name, value]: [string, unknown]): ContainerNetwork {
  const item = record(value);
  return { name, ip: text(item['IPAddress']), aliases: list(item['Aliases']).map(text) };
}
