import type { NetConnectOpts } from 'node:net';
import { parseAddress } from '../../endpoint/address';
import type { Endpoint } from '../../endpoint/endpoint';
import type { Requests } from '../../requests';
import { Download } from './download';
import type { ResponseHead } from './responseParser';

/** How the engine is reached, as far as a connection of one's own needs to know. */
export interface Reach {
  /** Where the last request went; `undefined` before the first. */
  endpoint(): Endpoint | undefined;
  /** What goes with every request. */
  headers(): Promise<Readonly<Record<string, string>>>;
}

/**
 * A GET that is answered with 200 on a connection of its own, for large bodies (see `Download`). `undefined` where that
 * is not to be had: over TLS, ssh or a process, and for every other answer. Then the usual way is to be gone, which also
 * knows what is wrong. `path` has its query.
 */
export async function openDirect(
  reach: Reach,
  requests: Requests,
  path: string,
  signal?: AbortSignal,
): Promise<{ headers: ResponseHead['headers']; body: Download } | undefined> {
  const version = await requests.version(signal);
  const place = placeOf(reach.endpoint());
  if (!place) return undefined;
  const own = Object.entries(await reach.headers()).map(([name, value]) => `${name}: ${value}\r\n`);
  const request = `GET ${place.basePath}/v${version}${path} HTTP/1.1\r\nHost: docker\r\n${own.join('')}Connection: close\r\n\r\n`;
  const { promise, resolve } = answer();
  const body = new Download(place.where, request, resolve, signal);
  const head = await promise;
  if (head?.status === 200) return { headers: head.headers, body };
  await body.return();
  return undefined;
}

function answer(): {
  promise: Promise<ResponseHead | undefined>;
  resolve: (head: ResponseHead | undefined) => void;
} {
  let resolve: (head: ResponseHead | undefined) => void = () => undefined;
  const promise = new Promise<ResponseHead | undefined>((done) => (resolve = done));
  return { promise, resolve };
}

function placeOf(endpoint: Endpoint | undefined): { where: NetConnectOpts; basePath: string } | undefined {
  if (!endpoint || endpoint.tls) return undefined;
  const address = parseAddress(endpoint.host, 2375);
  switch (address.kind) {
    case 'unix':
      return { where: { path: address.path }, basePath: '' };
    case 'npipe':
      return { where: { path: address.path.replaceAll('/', '\\') }, basePath: '' };
    case 'tcp':
      if (address.scheme === 'https') return undefined;
      return { where: { host: address.host, port: address.port, noDelay: true }, basePath: address.basePath };
    default:
      return undefined;
  }
}
