import { hostnameOf, serverAddress } from '../auth/server';
import { EngineError, sentence } from '../errors';

/** Docker Hub, as image names spell it. */
export const HUB = 'docker.io';

/** A registry as the user names it: `localhost:5000`, or with the part of its names that is meant, `ghcr.io/owner`. */
export interface RegistryAddress {
  /** Host and port; `docker.io` is Docker Hub. */
  readonly host: string;
  /** What its repositories begin with; empty for all of them. */
  readonly namespace: string;
}

const HOST = /^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\])(?::\d{1,5})?$/i;
const NAMESPACE = /^(?:[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*)?$/;

/**
 * Read what a person types or pastes as a registry: a host, one with a port, a URL, one with a namespace behind it.
 * Nothing, `docker.io` and `hub.docker.com` are Docker Hub. Throws kind `invalid`.
 */
export function parseRegistry(typed: string): RegistryAddress {
  const address = typed.trim();
  const path = address
    .replace(/^[^/]*:\/\//, '')
    .split('/')
    .slice(1)
    .join('/')
    .replace(/[?#].*$/, '')
    .replace(/^v[12](?:\/|$)/, '')
    .replace(/\/+$/, '');
  const host = hostnameOf(address).toLowerCase();
  const hub = /^(?:hub|index|registry-1)\.docker\.(?:com|io)$|^docker\.io$|^$/.test(host);
  const namespace = hub ? path.replace(/^(?:u|r|_)(?:\/|$)/, '') : path;
  if ((!hub && !HOST.test(host)) || !NAMESPACE.test(namespace) || /\s/.test(address)) {
    throw new EngineError(
      'invalid',
      sentence(
        '"{0}" is not the address of a registry. Write it like registry.example.com, localhost:5000 or ghcr.io/owner.',
        typed,
      ),
    );
  }
  return { host: hub ? HUB : host, namespace };
}

/** The address in the form that is kept and shown. */
export function addressText({ host, namespace }: RegistryAddress): string {
  return namespace === '' ? host : `${host}/${namespace}`;
}

/** How people call a registry. */
export function registryTitle(host: string): string {
  return host === HUB ? 'Docker Hub' : host;
}

/** The key of its credentials in config.json and in helpers. */
export function serverKey(host: string): string {
  return serverAddress(host);
}

/** The host that speaks the registry's protocol. */
export function apiHost(host: string): string {
  return host === HUB ? 'registry-1.docker.io' : host;
}

/** Whether it is this machine: only there nobody can listen in on a connection without TLS. */
export function isLoopback(host: string): boolean {
  return /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/.test(host);
}
