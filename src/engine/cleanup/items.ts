/** What a cleanup can remove; networks take no room. */
export type CleanupKind = 'containers' | 'images' | 'volumes' | 'buildCache';

/** One thing that takes room on the engine's disk. */
export interface DiskItem {
  /** Different from every other's: `<kind>/<id>`. */
  readonly key: string;
  readonly kind: CleanupKind;
  /** As the engine removes it: of a volume, its name. */
  readonly id: string;
  readonly name: string;
  /** Bytes, what it shares with others included; -1 where nobody can tell. */
  readonly size: number;
  /** Of `size`, what others have too. */
  readonly shared: number;
  /** ms since 1970; 0 where nobody can tell. Of build cache, when it was used last. */
  readonly time: number;
  readonly labels: Readonly<Record<string, string>>;
  /** Of an image. */
  readonly tags: readonly string[];
  /** Of a volume: nobody gave it a name. */
  readonly anonymous: boolean;
  /** It runs, or a build needs it: it cannot go now. */
  readonly busy: boolean;
  /** The keys of the containers that use it; it cannot go before them. */
  readonly users: readonly string[];
}

/** A layer of an image: the same bytes on the disk for all images that have it on top of the same others. */
export interface DiskLayer {
  readonly chain: string;
  /** Bytes. */
  readonly size: number;
}

/** All that takes room, as one look found it. */
export interface DiskState {
  readonly items: readonly DiskItem[];
  /** Of the images that share layers with others or with the build cache, by key; for others `size` says all. */
  readonly layers: ReadonlyMap<string, readonly DiskLayer[]>;
  readonly sums: Readonly<Record<CleanupKind, DiskSum>>;
}

/** As the engine adds one kind up (`docker system df`). */
export interface DiskSum {
  readonly count: number;
  readonly active: number;
  readonly size: number;
  readonly reclaimable: number;
}

/** What is to be left alone when ticks are proposed. */
export interface KeepRules {
  /** `key` or `key=value`. */
  readonly labels: readonly string[];
  /** Seconds: nothing younger. */
  readonly newerThan: number;
  /** What any container uses, running or not. */
  readonly inUse: boolean;
  /** Images with a tag. */
  readonly tagged: boolean;
  /** Of each repository, so many images, the newest. */
  readonly newestTags: number;
  /** Volumes that somebody gave a name. */
  readonly named: boolean;
}

/** Why something is left alone. */
export type KeepReason = 'busy' | 'inUse' | 'label' | 'young' | 'tagged' | 'newest' | 'named';
