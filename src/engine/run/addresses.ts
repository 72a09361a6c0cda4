import { isIP, isIPv4 } from 'node:net';
import { invalid } from './invalid';

const LABEL = '[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?';
const DOMAIN = new RegExp(`^(${LABEL}(?:\\.${LABEL})*)\\.?\\s*$`);

/** An IP address in its shortest spelling, as the CLI sends `--dns`. Throws an `EngineError` of kind `invalid`. */
export function parseIp(text: string): string {
  const ip = text.trim();
  if (isIP(ip) === 0 || ip.includes('%')) {
    throw invalid('"{0}" is not an IP address, such as 192.168.1.10 or 2001:db8::1.', text);
  }
  if (isIPv4(ip)) return ip;
  // The URL parser writes IPv6 in the form of RFC 5952; Go writes an IPv4 address in IPv6 clothes as IPv4.
  const short = new URL(`http://[${ip}]`).hostname.slice(1, -1);
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(short);
  if (!mapped) return short;
  return mapped.slice(1).flatMap(hexPair).join('.');
}

/** A search domain for `--dns-search`; a dot alone is none at all. Throws an `EngineError` of kind `invalid`. */
export function parseDnsSearch(text: string): string {
  const domain = text.replace(/^ +| +$/g, '');
  if (domain === '.') return domain;
  const name = domain.length < 256 && /[a-zA-Z]/.test(domain) ? DOMAIN.exec(domain)?.[1] : undefined;
  if (name === undefined || name.length > 254)
    throw invalid('"{0}" is not a domain, such as example.com.', text);
  return name;
}

/** `--add-host` as the engine takes it, `name:address`; the CLI's newer `name=address` is the same. */
export function parseExtraHost(text: string): string {
  const [, name = '', address = ''] = /^([^:=]*)[:=](.*)$/s.exec(text) ?? [];
  const bare = /^\[(.*)\]$/.exec(address)?.[1] ?? address;
  if (name === '' || bare === '') {
    throw invalid('"{0}" is not a host with its address. Write it like db:192.168.1.10.', text);
  }
  if (bare !== 'host-gateway') parseIp(bare);
  return `${name}:${bare}`;
}

/** Refuse what is not a MAC address (Go's `net.ParseMAC`). Throws an `EngineError` of kind `invalid`. */
export function checkMac(text: string): void {
  const mac = text.trim();
  if (
    mac !== '' &&
    !/^[0-9a-f]{2}(?:(?::[0-9a-f]{2}){5}|(?:-[0-9a-f]{2}){5}|(?::[0-9a-f]{2}){7}|(?:-[0-9a-f]{2}){7})$/i.test(
      mac,
    ) &&
    !/^(?:[0-9a-f]{4}\.){2}(?:[0-9a-f]{4}\.)?[0-9a-f]{4}$/i.test(mac)
  ) {
    throw invalid('"{0}" is not a MAC address, such as 92:d0:c6:0a:29:33.', text);
  }
}

function hexPair(group: string): number[] {
  const value = parseInt(group, 16);
  return [value >> 8, value & 255];
}
