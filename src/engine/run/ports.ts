import { isIP, isIPv6 } from 'node:net';
import { invalid } from './invalid';

/** One published port. `hostPort` is text because it may be empty (the engine picks one) or a range to pick from. */
export interface PortMapping {
  readonly containerPort: number;
  readonly protocol: Protocol;
  /** Empty: all of the host's addresses. IPv6 without brackets. */
  readonly hostIp: string;
  readonly hostPort: string;
}

export type Protocol = 'tcp' | 'udp' | 'sctp';

/** The engine's two views of published ports, keyed by `80/tcp`. */
export interface PublishedPorts {
  readonly exposed: Readonly<Record<string, Record<string, never>>>;
  readonly bindings: Readonly<Record<string, readonly { HostIp: string; HostPort: string }[]>>;
}

interface Range {
  readonly first: number;
  readonly last: number;
}

const EXAMPLE = 'Write it like 8080:80, 127.0.0.1:8080:80 or 80.';

/**
 * Parse one value of `--publish`: `80`, `8080:80/udp`, `127.0.0.1::80`, `[::1]:8080:80`, `7000-7009:7000-7009` or
 * `target=80,published=8080,protocol=tcp`. A range gives one mapping for each port; a range on the host alone lets the engine
 * pick the first free one. Follows `go-connections/nat: ParsePortSpec`. Throws an `EngineError` of kind `invalid`.
 */
export function parsePort(text: string): PortMapping[] {
  const short = text.includes('=') ? fromLongForm(text) : text;
  const parts = short.split(':');
  const { ports: container, protocol } = parseContainerPorts(parts.pop() ?? '', text);
  const host = parts.pop() ?? '';
  const hostIp = parseHostIp(parts.join(':'), text);
  if (host === '') {
    return portsOf(container).map((containerPort) => ({ containerPort, protocol, hostIp, hostPort: '' }));
  }
  const published = parseRange(host, text);
  const single = container.first === container.last;
  if (single) {
    const hostPort = rangeText(published);
    return [{ containerPort: container.first, protocol, hostIp, hostPort }];
  }
  if (published.last - published.first !== container.last - container.first) {
    throw invalid(
      'The port ranges in "{0}" are not equally long. Give as many host ports as container ports.',
      text,
    );
  }
  const offset = published.first - container.first;
  return portsOf(container).map((containerPort) => ({
    containerPort,
    protocol,
    hostIp,
    hostPort: String(containerPort + offset),
  }));
}

/** Parse one value of `--expose`: `80`, `53/udp`, `7000-7009/tcp`. The keys are the engine's, such as `80/tcp`. */
export function parseExpose(text: string): string[] {
  if (text.includes(':')) {
    throw invalid('"{0}" publishes a port; --expose only names one. Write 80 here, or use --publish.', text);
  }
  const { ports, protocol } = parseContainerPorts(text, text);
  return portsOf(ports).map((port) => `${port}/${protocol}`);
}

/** `ExposedPorts` and `PortBindings` of a container that publishes and exposes these. */
export function publishedPorts(ports: readonly string[], expose: readonly string[] = []): PublishedPorts {
  const bindings = new Map<string, { HostIp: string; HostPort: string }[]>();
  for (const { containerPort, protocol, hostIp, hostPort } of ports.flatMap(parsePort)) {
    const key = `${containerPort}/${protocol}`;
    const list = bindings.get(key) ?? [];
    list.push({ HostIp: hostIp, HostPort: hostPort });
    bindings.set(key, list);
  }
  const keys = new Set([...bindings.keys(), ...expose.flatMap(parseExpose)]);
  return {
    exposed: Object.fromEntries([...keys].map((key) => [key, {}])),
    bindings: Object.fromEntries(bindings),
  };
}

/** A mapping back as `--publish` takes it; `tcp` is left out. */
export function portText({ containerPort, protocol, hostIp, hostPort }: PortMapping): string {
  const host = hostPort === '0' ? '' : hostPort;
  const ip = isIPv6(hostIp) ? `[${hostIp}]` : hostIp;
  const left = ip === '' ? (host === '' ? '' : `${host}:`) : `${ip}:${host}:`;
  return `${left}${containerPort}${protocol === 'tcp' ? '' : `/${protocol}`}`;
}

/** `target=80,published=8080,protocol=udp` in the short form. `mode` belongs to Swarm and says nothing here. */
function fromLongForm(text: string): string {
  const fields = new Map<string, string>([['protocol', 'tcp']]);
  for (const field of text.split(',')) {
    const [key = '', value, ...more] = field.split('=');
    if (value === undefined || more.length > 0 || !/^(target|published|protocol|mode)$/.test(key)) {
      throw invalid(
        '"{0}" is not part of a port. The long form is target=80,published=8080,protocol=tcp.',
        field,
      );
    }
    fields.set(key, value);
  }
  const [published, target, protocol] = ['published', 'target', 'protocol'].map(
    (key) => fields.get(key) ?? '',
  );
  return `${published ?? ''}:${target ?? ''}/${protocol ?? ''}`;
}

function parseContainerPorts(part: string, text: string): { ports: Range; protocol: Protocol } {
  const [port = '', protocol = '', ...more] = part.split('/');
  const name = protocol === '' ? 'tcp' : protocol.toLowerCase();
  if (port === '') throw invalid('"{0}" names no container port. {1}', text, EXAMPLE);
  if (more.length > 0 || !isProtocol(name)) {
    throw invalid(
      '"{0}" is not a protocol. Use tcp, udp or sctp, as in 53/udp.',
      [protocol, ...more].join('/'),
    );
  }
  return { ports: parseRange(port, text), protocol: name };
}

function isProtocol(text: string): text is Protocol {
  return text === 'tcp' || text === 'udp' || text === 'sctp';
}

function parseHostIp(part: string, text: string): string {
  if (part === '') return '';
  const bare = /^\[(.*)\]$/.exec(part)?.[1];
  const ip = bare ?? part;
  if (bare === undefined && isIPv6(part)) {
    throw invalid('Put the IPv6 address in "{0}" in brackets, as in [::1]:8080:80.', text);
  }
  if (isIP(ip) === 0 || ip.includes('%')) {
    throw invalid('"{0}" in "{1}" is not an IP address. {2}', part, text, EXAMPLE);
  }
  return ip;
}

function parseRange(part: string, text: string): Range {
  const [first = NaN, last = first, ...more] = part.split('-').map(portNumber);
  if (Number.isNaN(first) || Number.isNaN(last) || more.length > 0) {
    throw invalid('"{0}" in "{1}" is not a port number from 0 to 65535. {2}', part, text, EXAMPLE);
  }
  if (last < first) {
    throw invalid('The range "{0}" in "{1}" ends before it begins. Write the lower port first.', part, text);
  }
  return { first, last };
}

function portNumber(text: string): number {
  const port = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  return port <= 65535 ? port : NaN;
}

function portsOf({ first, last }: Range): number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function rangeText({ first, last }: Range): string {
  return first === last ? String(first) : `${first}-${last}`;
}
