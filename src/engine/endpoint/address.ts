import { isIPv6 } from 'node:net';
import { EngineError, sentence } from '../errors';

/** Where an engine listens, taken apart. */
export type Address =
  | { readonly kind: 'unix' | 'npipe'; readonly path: string }
  | TcpAddress
  | SshAddress
  | { readonly kind: 'wsl'; readonly distribution: string };

export interface TcpAddress {
  readonly kind: 'tcp';
  readonly scheme: 'tcp' | 'http' | 'https';
  /** Without the brackets of an IPv6 address. */
  readonly host: string;
  readonly port: number;
  /** What stands in front of every request's path; empty or beginning with a slash. */
  readonly basePath: string;
}

export interface SshAddress {
  readonly kind: 'ssh';
  readonly user: string | undefined;
  readonly host: string;
  readonly port: number | undefined;
  /** The engine's socket on that machine, where it is not the remote CLI's own default. */
  readonly path: string | undefined;
}

/** The address as it may be shown: without a password, even one with slashes that makes it no address at all. */
export function withoutPassword(host: string): string {
  const scheme = host.indexOf('://');
  const start = scheme < 0 ? 0 : scheme + 3;
  const at = host.lastIndexOf('@');
  const colon = host.indexOf(':', start);
  return colon >= 0 && colon < at ? `${host.slice(0, start)}***${host.slice(at)}` : host;
}

const invalid = (text: string, whole = '', ...args: string[]) =>
  new EngineError('invalid', sentence(text, withoutPassword(whole), ...args));

/** Far more than any address has; what follows may then be less than linear. */
const longest = 2048;

const hasControl = (text: string) => Array.from(text).some((c) => c < ' ' || c === '\u007f');

function percentDecoded(text: string, whole: string): string {
  try {
    const decoded = decodeURIComponent(text);
    if (!hasControl(decoded)) return decoded;
  } catch {
    // Said below, in words that name the address.
  }
  throw invalid('"{0}" has a percent sign that stands for no character. Write it as %25.', whole);
}

/** What OpenSSH itself refuses since 9.6: such names reach a shell through `ProxyCommand … %h %r`, or pass for options. */
const safeForSsh = (name: string) => !name.startsWith('-') && !/[\s'"`$\\;&<>|(){}]/.test(name);

/** Of its users (`valid_ruser`): a domain stands in front of the name with a backslash. */
const safeUser = (name: string) => !name.startsWith('-') && !/[\s'"`$;&<>|(){}]|\\$/.test(name);

const hostPort = /^(?:\[([^\]]*)\]|([^:/?#@[\]\s]*))(?::(\d{0,5}))?(\/[^?#]*)?$/;

interface HostPort {
  readonly host: string;
  readonly port: number | undefined;
  readonly path: string;
}

function parseHostPort(text: string): HostPort | undefined {
  const found = hostPort.exec(text);
  if (!found) return undefined;
  const [, v6, name = '', digits = '', path = ''] = found;
  const host = v6?.replace('%25', '%') ?? name;
  if (v6 !== undefined && !isIPv6(host)) return undefined;
  const port = digits === '' ? undefined : Number(digits);
  return port === 0 || (port ?? 0) > 65_535 ? undefined : { host, port, path };
}

function parseTcp(
  scheme: TcpAddress['scheme'],
  rest: string,
  whole: string,
  defaultPort: number,
): TcpAddress {
  // As the CLI does it, what stands behind ? or # is dropped.
  const plain = rest.replace(/[?#].*$/, '');
  if (plain.includes('@')) {
    throw invalid(
      '"{0}" holds a user name, which such an address cannot use. Remove it; TLS certificates say who you are.',
      whole,
    );
  }
  const found = parseHostPort(plain);
  if (!found || /\s/.test(found.path)) {
    throw invalid('"{0}" is not a tcp address. Write it as tcp://host:{1}.', whole, String(defaultPort));
  }
  const { host, port = defaultPort, path } = found;
  return { kind: 'tcp', scheme, host: host || 'localhost', port, basePath: path };
}

function parseSsh(rest: string, whole: string): SshAddress {
  const slash = rest.indexOf('/');
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const at = authority.lastIndexOf('@');
  const userinfo = authority.slice(0, Math.max(at, 0));
  if (userinfo.includes(':')) {
    throw invalid(
      '"{0}" holds a password, which ssh does not take from an address. Remove it and use a key or ssh-agent.',
      whole,
    );
  }
  const found = parseHostPort(rest.slice(at + 1));
  const user = percentDecoded(userinfo, whole) || undefined;
  if (!found?.host || !safeForSsh(found.host) || (user !== undefined && !safeUser(user))) {
    throw invalid('"{0}" is not an ssh address. Write it as ssh://user@host or ssh://user@host:22.', whole);
  }
  const path = percentDecoded(found.path, whole);
  return {
    kind: 'ssh',
    user,
    host: found.host,
    port: found.port,
    path: path.replaceAll('/', '') ? path : undefined,
  };
}

/**
 * Take an engine's address apart, by the rules of the CLI's `opts.ParseHost` (docker/cli `opts/hosts.go`) and of its
 * ssh helper (`cli/connhelper/ssh`): no scheme means tcp, empty paths mean the platform's default, a tcp address
 * without a port gets `defaultPort`. `http://` and `https://` are taken as contexts may hold them; `wsl://DISTRIBUTION`
 * is ours. Throws kind `invalid`, never with a password in it.
 */
export function parseAddress(host: string, defaultPort = 2375): Address {
  const whole = host.trim();
  if (whole.length > longest) throw invalid('The engine address is too long to be one. Correct it.');
  if (hasControl(whole)) throw invalid('The engine address holds control characters. Remove them.');
  const [, scheme = 'tcp', rest = ''] = /^(?:([^:/]*):\/\/)?(.*)$/.exec(whole) ?? [];
  const nested = rest.includes('://');
  if (scheme === 'unix' && !nested) return { kind: 'unix', path: rest || '/var/run/docker.sock' };
  if (scheme === 'npipe' && !nested) return { kind: 'npipe', path: rest || '//./pipe/docker_engine' };
  if (scheme === 'tcp' && !nested) return parseTcp('tcp', rest, whole, defaultPort);
  if (scheme === 'http' && !nested) return parseTcp('http', rest, whole, 80);
  if (scheme === 'https' && !nested) return parseTcp('https', rest, whole, 443);
  if (scheme === 'ssh' && !nested) return parseSsh(rest, whole);
  if (scheme === 'wsl') {
    const distribution = percentDecoded(rest.replace(/\/$/, ''), whole);
    if (/^[^-/\\"][^/\\"]*$/.test(distribution)) return { kind: 'wsl', distribution };
  }
  throw invalid(
    '"{0}" is not the address of an engine. Use unix://, npipe://, tcp://, ssh:// or wsl://, or the name of a Docker context.',
    whole,
  );
}

const encodedPath = (path = '') => path.split('/').map(encodeURIComponent).join('/');

/** The address as the CLI writes it: `tcp://[::1]:2375`, `unix:///var/run/docker.sock`. */
export function formatAddress(address: Address): string {
  switch (address.kind) {
    case 'unix':
    case 'npipe':
      return `${address.kind}://${address.path}`;
    case 'tcp': {
      const host = address.host.includes(':') ? `[${address.host}]` : address.host;
      return `${address.scheme}://${host}:${address.port}${address.basePath}`;
    }
    case 'ssh': {
      const host = address.host.includes(':') ? `[${address.host}]` : address.host;
      const user = address.user === undefined ? '' : `${encodeURIComponent(address.user)}@`;
      return `ssh://${user}${host}${address.port === undefined ? '' : `:${address.port}`}${encodedPath(address.path)}`;
    }
    case 'wsl':
      return `wsl://${encodeURIComponent(address.distribution)}`;
  }
}
