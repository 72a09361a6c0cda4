import { isIPv6 } from 'node:net';
import { parseAddress } from './endpoint/address';
import type { Port } from './model/types';

/** Ports whose servers speak TLS, by convention. */
const SECURE: ReadonlySet<number> = new Set([443, 5001, 8443]);

/** The machine of an engine at this address (as in `DOCKER_HOST`); `undefined` for one on this machine. */
export function remoteMachine(host: string): string | undefined {
  try {
    const address = parseAddress(host);
    if (address.kind !== 'tcp' && address.kind !== 'ssh') return undefined;
    return isLoopback(address.host) ? undefined : address.host;
  } catch {
    return undefined; // No address at all: nothing is reached through it either.
  }
}

/**
 * Where a browser on this machine finds a published port: `http://localhost:8088`. `host` is the engine's address.
 * `undefined` for a port that is not published, not TCP, or published where only the engine's own machine reaches it.
 */
export function webAddress(port: Port, host = ''): string | undefined {
  const { ip = '', publicPort, privatePort, protocol } = port;
  if (publicPort === undefined || protocol !== 'tcp') return undefined;
  const machine = remoteMachine(host);
  if (machine !== undefined && isLoopback(ip)) return undefined;
  const everywhere = ip === '' || ip === '0.0.0.0' || ip === '::';
  const name = isLoopback(ip) ? 'localhost' : everywhere ? (machine ?? 'localhost') : ip;
  const scheme = SECURE.has(privatePort) || SECURE.has(publicPort) ? 'https' : 'http';
  return `${scheme}://${isIPv6(name) ? `[${name}]` : name}:${publicPort}`;
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}
