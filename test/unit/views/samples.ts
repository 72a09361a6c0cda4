import type { Container, Image, Network, Port, Volume } from '../../../src/engine/model/types';
import type { ModelState } from '../../../src/engine/model/liveModel';
import type { Branch, Row } from '../../../src/views/rows';

export const NOW = Date.UTC(2026, 10, 25, 12);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const CONNECTED: ModelState = { kind: 'connected' };

let made = 0;

/** A container that has run for five minutes; every one with an id of its own. */
export function container(given: Partial<Container> = {}): Container {
  const id = `c${(++made).toString(16).padStart(63, '0')}`;
  return {
    id,
    name: `c${made}`,
    image: 'alpine:3',
    imageId: 'sha256:' + 'a'.repeat(64),
    command: 'sh',
    created: NOW - HOUR,
    state: 'running',
    since: NOW - 5 * MINUTE,
    ports: [],
    labels: {},
    mounts: [],
    networks: [],
    ...given,
  };
}

export function image(given: Partial<Image> = {}): Image {
  const id = `sha256:${(++made).toString(16).padStart(64, '0')}`;
  return { id, tags: [], digests: [], size: 1_240_000, created: NOW - 72 * HOUR, labels: {}, ...given };
}

export function volume(given: Partial<Volume> = {}): Volume {
  return {
    name: `v${++made}`,
    driver: 'local',
    mountpoint: '',
    created: NOW - HOUR,
    labels: {},
    options: {},
    anonymous: false,
    ...given,
  };
}

export function network(given: Partial<Network> = {}): Network {
  return {
    id: `n${(++made).toString(16).padStart(63, '0')}`,
    name: `n${made}`,
    driver: 'bridge',
    scope: 'local',
    created: NOW - HOUR,
    internal: false,
    attachable: false,
    ipv6: false,
    labels: {},
    subnets: [],
    predefined: false,
    ...given,
  };
}

export function tcp(publicPort: number | undefined, privatePort: number, ip = '0.0.0.0'): Port {
  return publicPort === undefined
    ? { privatePort, protocol: 'tcp' }
    : { ip, privatePort, publicPort, protocol: 'tcp' };
}

/** A tree as nested arrays of what its rows are called, down to the containers. */
export type Names = readonly (string | readonly [string, Names])[];

export function names(branches: readonly Branch[]): Names {
  return branches.map(({ row, children }) =>
    children && row.kind !== 'container' ? [nameOf(row), names(children)] : nameOf(row),
  );
}

function nameOf(row: Row): string {
  switch (row.kind) {
    case 'image':
      return row.label;
    case 'containerGroup':
      return row.by === 'none'
        ? 'others'
        : row.count
          ? `${row.name} ${row.count.running}/${row.count.total}`
          : row.name;
    case 'files':
      return row.kind;
    case 'volumeGroup':
    case 'networkGroup':
      return row.by === 'none' ? 'others' : `${row.name} ${row.count ?? 0}`;
    case 'volumeUser':
    case 'endpoint':
      return `${row.name} ${row.place}`;
    case 'volume':
    case 'network':
    case 'container':
    case 'repository':
    case 'engine':
      return row.name;
  }
}
