import { EngineError } from '../errors';
import { imagePath, networkPath, volumePath } from '../paths';
import type { Requests } from '../requests';
import { parseContainer, type Container } from '../wire/container';
import type { EngineEvent } from '../wire/event';
import { parseImage, parseInspectedImage, type Image } from '../wire/image';
import { parseNetwork, type Network } from '../wire/network';
import { list, record } from '../wire/read';
import { parseVolume, type Volume } from '../wire/volume';

/** What a fetch of some keys found, and which of the keys the engine no longer has. */
export interface Fetched<T> {
  readonly found: readonly T[];
  readonly gone: readonly string[];
}

/** How objects of one kind are listed, patched and recognised in events. */
export interface Kind<T> {
  readonly type: EngineEvent['type'];
  readonly actions: readonly string[];
  key(item: T): string;
  list(requests: Requests, signal?: AbortSignal): Promise<readonly T[]>;
  fetch(requests: Requests, keys: readonly string[], signal: AbortSignal): Promise<Fetched<T>>;
  /** The keys of the objects that an event changes; none when it is about something else. */
  keys(event: EngineEvent, items: ReadonlyMap<string, T>): readonly string[];
  /**
   * Whether what was fetched is older than the event: the engine tells of some changes before its lists show them, and
   * nothing is told again once they do.
   */
  lags?(item: T, event: EngineEvent): boolean;
  /** What is known once `after` was fetched because of `event`, where `before` knew something better. */
  merged?(before: T, after: T, event: EngineEvent): T;
}

/** One object by its own path; `undefined` when the engine does not have it. */
async function fetchOne(requests: Requests, path: string, signal: AbortSignal): Promise<unknown> {
  try {
    return await requests.json('GET', path, { signal });
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'notFound') return undefined;
    throw error;
  }
}

/** Fetch keys one by one, a few at a time. */
async function fetchEach<T>(
  keys: readonly string[],
  one: (key: string) => Promise<T | undefined>,
): Promise<Fetched<T>> {
  const found: T[] = [];
  const gone: string[] = [];
  const waiting = [...keys];
  const worker = async (): Promise<void> => {
    for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
      const item = await one(key);
      if (item === undefined) gone.push(key);
      else found.push(item);
    }
  };
  await Promise.all([worker(), worker(), worker(), worker()]);
  return { found, gone };
}

export const CONTAINERS: Kind<Container> = {
  type: 'container',
  actions: [
    'create',
    'start',
    'restart',
    'die',
    'stop',
    'attach',
    'kill',
    'oom',
    'destroy',
    'pause',
    'unpause',
    'rename',
    'update',
    'health_status',
  ],
  key: (container) => container.id,
  async list(requests, signal) {
    const answer = await requests.json('GET', '/containers/json', { query: { all: true }, signal });
    const now = Date.now();
    return list(answer).map((item) => parseContainer(item, now));
  },
  async fetch(requests, keys, signal) {
    const answer = await requests.json('GET', '/containers/json', {
      query: { all: true, filters: { id: keys } },
      signal,
    });
    const now = Date.now();
    const found = list(answer).map((item) => parseContainer(item, now));
    const there = new Set(found.map((container) => container.id));
    return { found, gone: keys.filter((key) => !there.has(key)) };
  },
  keys(event) {
    // These change nothing that is listed.
    if (['attach', 'kill', 'oom'].includes(event.action)) return [];
    if (event.type === 'container') return [event.id];
    const connected = event.type === 'network' ? event.attributes['container'] : undefined;
    return connected === undefined ? [] : [connected];
  },
  lags(container, { type, action, attributes }) {
    const connected = container.networks.some(({ name }) => name === attributes['name']);
    switch (`${type} ${action}`) {
      case 'container die':
        return container.state === 'running' || container.state === 'paused';
      case 'container pause':
        return container.state === 'running';
      case 'container unpause':
        return container.state === 'paused';
      case 'network connect':
        return !connected;
      case 'network disconnect':
        return connected;
      default:
        return false;
    }
  },
  // The engine tells an age in whole hours or days, so never too much of it: the earliest time heard is the truest.
  merged(before, after, { type, action }) {
    const anew = type === 'container' && (action === 'start' || action === 'restart' || action === 'die');
    if (anew || before.state !== after.state) return after;
    return { ...after, since: Math.min(before.since, after.since) };
  },
};

export const IMAGES: Kind<Image> = {
  type: 'image',
  actions: ['pull', 'tag', 'untag', 'delete', 'load', 'import'],
  key: (image) => image.id,
  async list(requests, signal) {
    return list(await requests.json('GET', '/images/json', { signal })).map(parseImage);
  },
  fetch: (requests, keys, signal) =>
    fetchEach(keys, async (key) => {
      const answer = await fetchOne(requests, imagePath(key, 'json'), signal);
      return answer === undefined ? undefined : parseInspectedImage(answer);
    }),
  keys(event, items) {
    if (event.type !== 'image') return [];
    const reference = event.attributes['name'] ?? event.id;
    // A tag may move away from the image that had it, of which no event speaks.
    const before = [...items.values()].filter(
      ({ tags }) => tags.includes(reference) || tags.includes(event.id),
    );
    return [event.id, ...before.map((image) => image.id)];
  },
};

export const VOLUMES: Kind<Volume> = {
  type: 'volume',
  actions: ['create', 'destroy', 'prune'],
  key: (volume) => volume.name,
  async list(requests, signal) {
    return list(record(await requests.json('GET', '/volumes', { signal }))['Volumes']).map(parseVolume);
  },
  fetch: (requests, keys, signal) =>
    fetchEach(keys, async (key) => {
      const answer = await fetchOne(requests, volumePath(key), signal);
      return answer === undefined ? undefined : parseVolume(answer);
    }),
  keys(event, items) {
    if (event.type !== 'volume') return [];
    // A prune does not say which volumes went.
    return event.action === 'prune' ? [...items.keys()] : [event.id];
  },
};

export const NETWORKS: Kind<Network> = {
  type: 'network',
  actions: ['create', 'destroy', 'remove', 'connect', 'disconnect'],
  key: (network) => network.id,
  async list(requests, signal) {
    return list(await requests.json('GET', '/networks', { signal })).map(parseNetwork);
  },
  fetch: (requests, keys, signal) =>
    fetchEach(keys, async (key) => {
      const answer = await fetchOne(requests, networkPath(key), signal);
      return answer === undefined ? undefined : parseNetwork(answer);
    }),
  keys: (event) => (event.type === 'network' ? [event.id] : []),
};
