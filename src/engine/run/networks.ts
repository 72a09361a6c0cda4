import { checkMac } from './addresses';
import { parseCsv } from './csv';
import { FieldError, invalid } from './invalid';
import { sentence } from '../errors';
import { parseDecimal } from './numbers';
import { cut } from './pairs';
import type { RunSpec } from './spec';

/** One value of `--network`. */
export interface Network {
  readonly target: string;
  readonly aliases: readonly string[];
  readonly links: readonly string[];
  readonly linkLocalIps: readonly string[];
  readonly driverOptions: Readonly<Record<string, string>>;
  readonly ip: string;
  readonly ip6: string;
  readonly mac: string;
  /** Of several networks, the gateway of the one with the highest is the container's. */
  readonly gatewayPriority: number;
}

/** One of `NetworkingConfig.EndpointsConfig`; what is not asked for is missing. */
export interface Endpoint {
  Aliases?: readonly string[];
  Links?: readonly string[];
  DriverOpts?: Readonly<Record<string, string>>;
  MacAddress?: string;
  GwPriority?: number;
  IPAMConfig?: { IPv4Address?: string; IPv6Address?: string; LinkLocalIPs?: readonly string[] };
}

const NONE: Network = {
  target: '',
  aliases: [],
  links: [],
  linkLocalIps: [],
  driverOptions: {},
  ip: '',
  ip6: '',
  mac: '',
  gatewayPriority: 0,
};

/**
 * Parse one value of `--network`: a name or mode, or `name=net,alias=web,ip=10.0.0.5`. The long form is taken in lower case,
 * as the CLI does (`docker/cli: opts/network.go`). Throws an `EngineError` of kind `invalid`.
 */
export function parseNetwork(text: string): Network {
  if (!/\w=\w/.test(text)) {
    if (text.trim() === '') throw invalid('Give the name of a network, such as bridge, host or my-network.');
    return { ...NONE, target: text };
  }
  const values = new Map<string, string[]>();
  for (const field of parseCsv(text)) {
    const [name, given] = cut(field);
    const key = name.trim().toLowerCase();
    if (
      given === undefined ||
      !/^(name|alias|ip|ip6|driver-opt|link-local-ip|mac-address|gw-priority)$/.test(key)
    ) {
      throw invalid('"{0}" is not part of a network. Write it like name=my-network,alias=web.', field);
    }
    values.set(key, [...(values.get(key) ?? []), given.trim().toLowerCase()]);
  }
  const last = (key: string) => values.get(key)?.at(-1) ?? '';
  if (last('name') === '') throw invalid('The network "{0}" has no name. Add name=….', text);
  const mac = last('mac-address');
  checkMac(mac);
  return {
    ...NONE,
    target: last('name'),
    aliases: values.get('alias') ?? [],
    linkLocalIps: values.get('link-local-ip') ?? [],
    driverOptions: Object.fromEntries((values.get('driver-opt') ?? []).map(parseDriverOption)),
    ip: last('ip'),
    ip6: last('ip6'),
    mac,
    gatewayPriority: parseDecimal(values.get('gw-priority')?.at(-1) ?? '0'),
  };
}

/** A network somebody created, unlike the modes that share or leave out the network. */
export function isUserDefined(target: string): boolean {
  return !/^(?:default|bridge|host|none|container:.*)$/s.test(target);
}

/** Refuse what is not `container` or `container:alias`. Throws an `EngineError` of kind `invalid`. */
export function checkLink(text: string): void {
  if (text === '' || text.split(':').length > 2) {
    throw invalid('"{0}" is not a link. Write it like db or db:database.', text);
  }
}

/**
 * `NetworkMode` and the endpoints of a container with these networks; the flags without a network of their own (`--ip`,
 * `--network-alias`, `--link`) belong to the first. Throws a `FieldError`.
 */
export function networkBody(spec: Partial<RunSpec>): { mode: string; endpoints: Record<string, Endpoint> } {
  const given = [spec.network, ...(spec.furtherNetworks ?? [])].filter((text) => text !== undefined);
  const networks = given.map(parseNetwork);
  const first = withFlags(networks[0] ?? { ...NONE, target: 'default' }, spec, networks.length > 0);
  const all = [first, ...networks.slice(1)];
  const endpoints = new Map<string, Endpoint>();
  for (const network of all) {
    const field = network === first ? 'network' : 'furtherNetworks';
    if (endpoints.has(network.target)) {
      throw new FieldError(field, sentence('The network {0} is given twice. Give it once.', network.target));
    }
    if (all.length > 1 && !isUserDefined(network.target)) {
      const text = '{0} cannot be joined with other networks. Use only it, or only networks you created.';
      throw new FieldError(field, sentence(text, network.target));
    }
    endpoints.set(network.target, endpointOf(network));
  }
  // A single network without wishes is left to NetworkMode, as in the CLI: older engines want it so.
  const only = endpoints.get(first.target);
  if (all.length === 1 && only && Object.keys(only).length === 0) endpoints.delete(first.target);
  return { mode: first.target, endpoints: Object.fromEntries(endpoints) };
}

function withFlags(network: Network, spec: Partial<RunSpec>, isGiven: boolean): Network {
  const { networkAliases = [], links = [], linkLocalIps = [], ip = '', ip6 = '' } = spec;
  // Its links are a matter of HostConfig.Links alone.
  const isBridge = /^(?:default|bridge)$/.test(network.target);
  const wishes = [
    ['networkAliases', networkAliases.length > 0, network.aliases.length > 0, '--network-alias'],
    ['links', links.length > 0 && !isBridge, network.links.length > 0, '--link'],
    ['ip', ip !== '', network.ip !== '', '--ip'],
    ['ip6', ip6 !== '', network.ip6 !== '', '--ip6'],
    ['linkLocalIps', linkLocalIps.length > 0, network.linkLocalIps.length > 0, '--link-local-ip'],
  ] as const;
  for (const [field, isWished, isTwice, flag] of wishes) {
    if (!isWished) continue;
    if (isTwice)
      throw new FieldError(field, sentence('{0} and the network both say it. Leave one out.', flag));
    const needsOwnNetwork = field === 'networkAliases' || field === 'links' || !isGiven;
    if (needsOwnNetwork && !isUserDefined(network.target)) throw needsOwn(field, flag);
  }
  if (network.aliases.length > 0 && !isUserDefined(network.target)) throw needsOwn('network', 'alias=…');
  return {
    ...network,
    aliases: [...network.aliases, ...networkAliases],
    links: isBridge ? [] : links,
    linkLocalIps: [...network.linkLocalIps, ...linkLocalIps],
    ip: network.ip + ip,
    ip6: network.ip6 + ip6,
  };
}

function needsOwn(field: keyof RunSpec, wish: string): FieldError {
  const text = '{0} works only on a network you created. Add --network with the name of one.';
  return new FieldError(field, sentence(text, wish));
}

function endpointOf({
  aliases,
  links,
  linkLocalIps,
  driverOptions,
  ip,
  ip6,
  mac,
  gatewayPriority,
}: Network): Endpoint {
  const ipam = {
    ...(ip !== '' && { IPv4Address: ip }),
    ...(ip6 !== '' && { IPv6Address: ip6 }),
    ...(linkLocalIps.length > 0 && { LinkLocalIPs: linkLocalIps }),
  };
  return {
    ...(aliases.length > 0 && { Aliases: aliases }),
    ...(links.length > 0 && { Links: links }),
    ...(Object.keys(driverOptions).length > 0 && { DriverOpts: driverOptions }),
    ...(mac !== '' && { MacAddress: mac }),
    ...(gatewayPriority !== 0 && { GwPriority: gatewayPriority }),
    ...(Object.keys(ipam).length > 0 && { IPAMConfig: ipam }),
  };
}

function parseDriverOption(text: string): [string, string] {
  const [key, value] = cut(text);
  if (value === undefined)
    throw invalid('The driver option "{0}" has no value. Write it as key=value.', text);
  return [key.trim(), value.trim()];
}
