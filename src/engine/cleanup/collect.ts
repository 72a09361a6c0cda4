import type { Engine } from '../engine';
import { EngineError } from '../errors';
import { certainOwners } from '../lens/layerRows';
import { CONTAINERS, IMAGES } from '../model/kinds';
import type { Container, Image } from '../model/types';
import { childrenFirst } from '../prune';
import { shortId } from '../run/names';
import type { DiskUsage } from '../wire/diskUsage';
import { list, record, texts } from '../wire/read';
import { isAnonymous } from '../wire/volume';
import type { CleanupKind, DiskItem, DiskLayer, DiskState, DiskSum } from './items';

/** Requests under way at a time. */
const AT_ONCE = 8;

/** Look at all that takes room on the engine's disk. Slow on a large engine, as `System.diskUsage` is. */
export async function collect(engine: Engine, signal?: AbortSignal): Promise<DiskState> {
  const [usage, containers, images] = await Promise.all([
    engine.system.diskUsage({}, signal),
    CONTAINERS.list(engine.requests, signal),
    IMAGES.list(engine.requests, signal),
  ]);
  const items = [
    ...containerItems(usage, containers),
    ...imageItems(usage, containers, images),
    ...volumeItems(usage, containers),
    ...cacheItems(usage),
  ];
  const cached = items.some(({ kind, shared }) => kind === 'buildCache' && shared > 0);
  const sharing = items.filter(({ kind, shared }) => kind === 'images' && (cached || shared > 0));
  return { items, layers: await layersOfAll(engine, sharing, signal), sums: sumsOf(usage) };
}

const NOTHING = { shared: 0, labels: {}, tags: [], anonymous: false, busy: false, users: [] } as const;

function containerItems({ containers: { items } }: DiskUsage, containers: readonly Container[]): DiskItem[] {
  const sizes = new Map(items.map(({ id, size }) => [id, size]));
  return containers.map(({ id, name, state, created, labels }) => ({
    ...NOTHING,
    key: `containers/${id}`,
    kind: 'containers',
    id,
    name,
    size: sizes.get(id) ?? 0,
    time: created,
    labels,
    busy: state !== 'created' && state !== 'exited' && state !== 'dead',
  }));
}

function imageItems(
  { images }: DiskUsage,
  containers: readonly Container[],
  listed: readonly Image[],
): DiskItem[] {
  const users = usersBy(containers, ({ imageId }) => [bare(imageId)]);
  const known = new Map(listed.map((image) => [bare(image.id), image]));
  return images.items.map(({ id, size, shared, created, labels, ...image }) => {
    // Podman's sums name no image in full.
    const tags = known.get(bare(id))?.tags ?? image.tags;
    return {
      ...NOTHING,
      key: `images/${id}`,
      kind: 'images',
      id,
      name: tags.join(', ') || shortId(id),
      size,
      shared,
      time: created,
      labels,
      tags,
      users: users.get(bare(id)) ?? [],
    };
  });
}

/** Podman writes an id with and without its algorithm. */
function bare(id: string): string {
  return id.replace(/^sha256:/, '');
}

function volumeItems({ volumes }: DiskUsage, containers: readonly Container[]): DiskItem[] {
  const users = usersBy(containers, ({ mounts }) =>
    mounts.filter(({ type }) => type === 'volume').map(({ source }) => source),
  );
  return volumes.items.map(({ name, size, created, labels }) => ({
    ...NOTHING,
    key: `volumes/${name}`,
    kind: 'volumes',
    id: name,
    name,
    size,
    time: created,
    labels,
    anonymous: isAnonymous(name, labels),
    users: users.get(name) ?? [],
  }));
}

function cacheItems({ buildCache }: DiskUsage): DiskItem[] {
  return childrenFirst(buildCache.items).map(({ id, description, size, shared, inUse, used }) => ({
    ...NOTHING,
    key: `buildCache/${id}`,
    kind: 'buildCache',
    id,
    name: description || id,
    size,
    shared: shared ? size : 0,
    time: used,
    busy: inUse,
  }));
}

/** The keys of the containers that use each thing. */
function usersBy(
  containers: readonly Container[],
  uses: (container: Container) => readonly string[],
): ReadonlyMap<string, readonly string[]> {
  const users = new Map<string, string[]>();
  for (const container of containers) {
    for (const used of new Set(uses(container))) {
      const known = users.get(used);
      const key = `containers/${container.id}`;
      if (known) known.push(key);
      else users.set(used, [key]);
    }
  }
  return users;
}

function sumsOf(usage: DiskUsage): Readonly<Record<CleanupKind, DiskSum>> {
  const sum = ({ count, active, size, reclaimable }: DiskSum): DiskSum => ({
    count,
    active,
    size,
    reclaimable,
  });
  return {
    containers: sum(usage.containers),
    images: sum(usage.images),
    volumes: sum(usage.volumes),
    buildCache: sum(usage.buildCache),
  };
}

async function layersOfAll(
  engine: Engine,
  images: readonly DiskItem[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly DiskLayer[]>> {
  const layers = new Map<string, readonly DiskLayer[]>();
  const waiting = [...images];
  const worker = async (): Promise<void> => {
    for (let item = waiting.pop(); item; item = waiting.pop()) {
      const found = await layersOf(engine, item.id, signal);
      if (found) layers.set(item.key, found);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return layers;
}

/** The layers of an image; `undefined` when it has gone, or the engine does not tell which layer has which size. */
async function layersOf(
  engine: Engine,
  id: string,
  signal?: AbortSignal,
): Promise<readonly DiskLayer[] | undefined> {
  try {
    const [inspected, history] = await Promise.all([
      engine.images.inspect(id, signal),
      engine.images.history(id, signal),
    ]);
    const digests = texts(list(record(inspected['RootFS'])['Layers']));
    return layersFrom(digests, [...history].reverse());
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'notFound') return undefined;
    throw error;
  }
}

/** The layers, lowest first, with the sizes of the instructions that made them. */
export function layersFrom(
  digests: readonly string[],
  rows: readonly { readonly size: number; readonly createdBy: string }[],
): readonly DiskLayer[] | undefined {
  const owners = certainOwners(rows, digests.length);
  if (!owners) return undefined;
  return digests.map((_, index) => ({
    // The same content on top of other content is another layer.
    chain: digests.slice(0, index + 1).join(' '),
    size: owners[index]?.size ?? 0,
  }));
}
