import { list, number, record, text, textMap, texts, type Json } from './read';

/** What one kind of object takes; bytes. */
export interface Usage<T> {
  readonly count: number;
  /** In use by a container (containers: running, paused or restarting). */
  readonly active: number;
  readonly size: number;
  /** What a prune of everything not active would give back. */
  readonly reclaimable: number;
  readonly items: readonly T[];
}

export interface ImageUsage {
  readonly id: string;
  readonly tags: readonly string[];
  readonly size: number;
  /** Of `size`, what other images have too; 0 where the engine did not count it. */
  readonly shared: number;
  readonly containers: number;
  /** ms since 1970. */
  readonly created: number;
  readonly labels: Readonly<Record<string, string>>;
}

export interface ContainerUsage {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  /** Written by the container itself, on top of its image. */
  readonly size: number;
}

export interface VolumeUsage {
  readonly name: string;
  /** -1 where the driver cannot tell. */
  readonly size: number;
  readonly containers: number;
  /** ms since 1970; 0 where the driver does not say. */
  readonly created: number;
  readonly labels: Readonly<Record<string, string>>;
}

export interface BuildCacheUsage {
  readonly id: string;
  readonly description: string;
  readonly size: number;
  readonly inUse: boolean;
  /** Counted with an image already. */
  readonly shared: boolean;
  /** ms since 1970: when it was used last, or made. */
  readonly used: number;
  /** The parts that it was made on top of, by id; they cannot go before it. */
  readonly parents: readonly string[];
}

export interface DiskUsage {
  readonly images: Usage<ImageUsage>;
  readonly containers: Usage<ContainerUsage>;
  readonly volumes: Usage<VolumeUsage>;
  readonly buildCache: Usage<BuildCacheUsage>;
}

/**
 * `GET /system/df`, in the shape up to API 1.51 (`LayersSize`, `Images` …) and the one from 1.52 (`ImageUsage` … with
 * sums and `Items`). Sums that the engine does not send are made as docker/cli does (`cli/command/formatter/disk_usage.go`).
 */
export function parseDiskUsage(value: unknown): DiskUsage {
  const answer = record(value);
  const images = itemsOf(answer, 'ImageUsage', 'Images').map(parseImageUsage);
  const containers = itemsOf(answer, 'ContainerUsage', 'Containers').map(parseContainerUsage);
  const volumes = itemsOf(answer, 'VolumeUsage', 'Volumes').map(parseVolumeUsage);
  const caches = itemsOf(answer, 'BuildCacheUsage', 'BuildCache').map(parseCacheUsage);

  const layers = number(answer['LayersSize']);
  const usedByImages = sum(
    images.filter((image) => image.containers > 0).map((image) => image.size - image.shared),
  );
  const isActive = ({ state }: ContainerUsage): boolean =>
    ['running', 'paused', 'restarting'].includes(state);
  const own = caches.filter((cache) => !cache.shared);
  return {
    images: usage(
      answer['ImageUsage'],
      images,
      (image) => image.containers > 0,
      layers,
      layers - usedByImages,
    ),
    containers: usage(
      answer['ContainerUsage'],
      containers,
      isActive,
      sum(containers.map(({ size }) => size)),
      sum(containers.filter((container) => !isActive(container)).map(({ size }) => size)),
    ),
    volumes: usage(
      answer['VolumeUsage'],
      volumes,
      (volume) => volume.containers > 0,
      sum(volumes.map(({ size }) => Math.max(0, size))),
      sum(volumes.filter((volume) => volume.containers === 0).map(({ size }) => Math.max(0, size))),
    ),
    buildCache: usage(
      answer['BuildCacheUsage'],
      caches,
      (cache) => cache.inUse,
      sum(own.map(({ size }) => size)),
      sum(own.filter((cache) => !cache.inUse).map(({ size }) => size)),
    ),
  };
}

/** The engine's own sums where it sends them, else those given. */
function usage<T>(
  sent: unknown,
  items: readonly T[],
  isActive: (item: T) => boolean,
  size: number,
  reclaimable: number,
): Usage<T> {
  if (typeof sent !== 'object' || sent === null) {
    return { count: items.length, active: items.filter(isActive).length, size, reclaimable, items };
  }
  const sums = record(sent);
  return {
    count: number(sums['TotalCount']),
    active: number(sums['ActiveCount']),
    size: number(sums['TotalSize']),
    reclaimable: number(sums['Reclaimable']),
    items,
  };
}

function itemsOf(answer: Json, now: string, before: string): readonly Json[] {
  return list(record(answer[now])['Items'] ?? answer[before]).map(record);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function parseImageUsage(item: Json): ImageUsage {
  return {
    id: text(item['Id']),
    tags: texts(item['RepoTags']).filter((tag) => !tag.startsWith('<none>')),
    size: number(item['Size']),
    shared: Math.max(0, number(item['SharedSize'])),
    containers: Math.max(0, number(item['Containers'])),
    created: number(item['Created']) * 1000,
    labels: textMap(item['Labels']),
  };
}

function parseContainerUsage(item: Json): ContainerUsage {
  return {
    id: text(item['Id']),
    name: (texts(item['Names'])[0] ?? '').replace(/^\//, ''),
    state: text(item['State']),
    size: number(item['SizeRw']),
  };
}

function parseVolumeUsage(item: Json): VolumeUsage {
  const counted = record(item['UsageData']);
  return {
    name: text(item['Name']),
    size: typeof counted['Size'] === 'number' ? counted['Size'] : -1,
    containers: Math.max(0, number(counted['RefCount'])),
    created: Date.parse(text(item['CreatedAt'])) || 0,
    labels: textMap(item['Labels']),
  };
}

function parseCacheUsage(item: Json): BuildCacheUsage {
  return {
    id: text(item['ID']),
    description: text(item['Description']),
    size: number(item['Size']),
    inUse: item['InUse'] === true,
    shared: item['Shared'] === true,
    used: Date.parse(text(item['LastUsedAt'])) || Date.parse(text(item['CreatedAt'])) || 0,
    parents: [...texts(item['Parents']), text(item['Parent'])].filter(Boolean),
  };
}
