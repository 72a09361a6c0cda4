import type { Container, Image, Network, Port, Volume } from '../engine/model/types';
import { projectOf } from './nodes';

/** One condition of a filter. `label:x=y` has the value `x=y`; bare text has the key `text`. */
export interface Term {
  readonly key: Key;
  /** In lower case, without quotes. */
  readonly value: string;
  readonly negated: boolean;
}

/** All of them must hold; none at all lets everything through. */
export type Filter = readonly Term[];

/** What a container looks like to a term. Each test gets the container and the term's value in lower case. */
const CONTAINER_TESTS = {
  text: (container: Container, value: string) =>
    [
      container.name,
      container.image,
      projectOf(container.labels) ?? '',
      ...container.ports.map(published),
    ].some((text) => holds(text, value)) || isIdPrefix(container.id, value),
  name: ({ name }: Container, value: string) => holds(name, value),
  image: ({ image, imageId }: Container, value: string) => holds(image, value) || isIdPrefix(imageId, value),
  id: ({ id }: Container, value: string) => id.startsWith(value),
  state: ({ state }: Container, value: string) => state.startsWith(value),
  health: ({ health }: Container, value: string) => (health ?? 'none').startsWith(value),
  label: ({ labels }: Container, value: string) => hasLabel(labels, value),
  project: ({ labels }: Container, value: string) => holds(projectOf(labels) ?? '', value),
  network: ({ networks }: Container, value: string) => networks.some(({ name }) => holds(name, value)),
  port: ({ ports }: Container, value: string) =>
    ports.some(({ privatePort, publicPort }) => [privatePort, publicPort].map(String).includes(value)),
} as const;

type Key = keyof typeof CONTAINER_TESTS;

const KEYS: ReadonlySet<string> = new Set(Object.keys(CONTAINER_TESTS));

/** The words of the docker CLI's own `--filter` for the same. */
const ALIASES: Readonly<Record<string, Key>> = { status: 'state', ancestor: 'image' };

/**
 * Terms such as `state:running label:x=y -name:test "two words"`. What has no known key is bare text, as in `nginx:latest`;
 * a key without a value yet, as while typing, says nothing.
 */
export function parseFilter(text: string): Filter {
  const terms: Term[] = [];
  for (const [, minus = '', rawKey = '', raw = ''] of text.matchAll(
    /(-?)(?:([A-Za-z]+):)?((?:"[^"]*"?|[^\s"])*)/g,
  )) {
    const name = rawKey.toLowerCase();
    const key = ALIASES[name] ?? (KEYS.has(name) && name !== 'text' ? (name as Key) : undefined);
    const rest = raw.replaceAll('"', '').toLowerCase();
    const value = key === undefined && name !== '' ? `${name}:${rest}` : rest;
    if (value !== '') terms.push({ key: key ?? 'text', value, negated: minus !== '' });
  }
  return terms;
}

export function matchesContainer(filter: Filter, container: Container): boolean {
  return filter.every(({ key, value, negated }) => CONTAINER_TESTS[key](container, value) !== negated);
}

/**
 * Whether a row of an image stays: `tag` is the row's own (empty for an image without one), `users` the containers made
 * of the image. What only containers have, such as a state, is asked of those.
 */
export function matchesImage(
  filter: Filter,
  image: Image,
  tag: string,
  users: readonly Container[],
): boolean {
  return filter.every(({ key, value, negated }) => imageHas(key, value, image, tag, users) !== negated);
}

function imageHas(key: Key, value: string, image: Image, tag: string, users: readonly Container[]): boolean {
  switch (key) {
    case 'text':
    case 'image':
    case 'name':
      return (
        holds(tag, value) ||
        isIdPrefix(image.id, value) ||
        image.digests.some((digest) => holds(digest, value))
      );
    case 'id':
      return isIdPrefix(image.id, value);
    case 'label':
      return hasLabel(image.labels, value);
    case 'state':
    case 'health':
    case 'project':
    case 'network':
    case 'port':
      return users.some((container) => CONTAINER_TESTS[key](container, value));
  }
}

/** Whether a row of a volume stays; what only containers have is asked of those that use it. */
export function matchesVolume(filter: Filter, volume: Volume, users: readonly Container[]): boolean {
  return filter.every(({ key, value, negated }) => {
    const own = [volume.name, volume.driver, projectOf(volume.labels) ?? ''];
    return storageHas(key, value, volume, own, users) !== negated;
  });
}

/** The same for a network. */
export function matchesNetwork(filter: Filter, network: Network, users: readonly Container[]): boolean {
  return filter.every(({ key, value, negated }) => {
    const own = [network.name, network.driver, ...network.subnets.map(({ subnet }) => subnet)];
    const has = key === 'id' ? network.id.startsWith(value) : storageHas(key, value, network, own, users);
    return has !== negated;
  });
}

function storageHas(
  key: Key,
  value: string,
  { name, labels }: Volume | Network,
  own: readonly string[],
  users: readonly Container[],
): boolean {
  switch (key) {
    case 'text':
      return [...own, ...users.map((user) => user.name)].some((text) => holds(text, value));
    case 'name':
    case 'network':
      return holds(name, value);
    case 'label':
      return hasLabel(labels, value);
    case 'project':
      return holds(projectOf(labels) ?? '', value);
    case 'id':
    case 'image':
    case 'state':
    case 'health':
    case 'port':
      return users.some((container) => CONTAINER_TESTS[key](container, value));
  }
}

const holds = (text: string, value: string): boolean => text.toLowerCase().includes(value);

/** Ids are long enough for a short text to be in one by chance: only a beginning that looks like one counts. */
function isIdPrefix(id: string, value: string): boolean {
  return (
    /^(?:sha256:)?[0-9a-f]{4,64}$/.test(value) && (id.startsWith(value) || id.startsWith(`sha256:${value}`))
  );
}

/** `key=value` means exactly that label, as with the docker CLI; without `=` any label whose key holds the text. */
function hasLabel(labels: Readonly<Record<string, string>>, value: string): boolean {
  const equals = value.indexOf('=');
  if (equals < 0) return Object.keys(labels).some((key) => holds(key, value));
  return Object.entries(labels).some(([key, own]) => `${key}=${own}`.toLowerCase() === value);
}

function published({ publicPort }: Port): string {
  return publicPort === undefined ? '' : String(publicPort);
}
