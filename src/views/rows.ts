import type { Sentence } from '../engine/errors';
import type { ModelState } from '../engine/model/liveModel';
import type { ContainerState } from '../engine/model/types';
import type { Age } from './duration';
import type { Icon } from './icons';
import type { GroupBy, Node } from './nodes';
import type { Status } from './status';

/**
 * Everything a row shows, as plain data without words: two rows that look the same are equal as JSON. Texts are as the
 * engine gave them; `treeItem.ts` makes them fit to be shown.
 */
export type Row =
  | EngineRow
  | ContainerGroupRow
  | ContainerRow
  | FilesRow
  | RepositoryRow
  | ImageRow
  | StorageGroupRow
  | VolumeRow
  | NetworkRow
  | UserRow;

export interface EngineRow {
  readonly kind: 'engine';
  readonly name: string;
  readonly state: ModelState['kind'];
  /** Why it is unavailable. */
  readonly reason?: Sentence;
}

export interface ContainerGroupRow {
  readonly kind: 'containerGroup';
  readonly by: GroupBy;
  readonly name: string;
  /** Of the members that are shown; absent for what is left over. */
  readonly count?: { readonly running: number; readonly total: number };
}

export interface ContainerRow {
  readonly kind: 'container';
  readonly name: string;
  readonly image: string;
  readonly state: ContainerState;
  readonly status: Status;
  /** The published ones, as `8088->80`. */
  readonly ports: readonly string[];
  readonly icon: Icon;
  readonly web: boolean;
  readonly compose: boolean;
}

export interface FilesRow {
  readonly kind: 'files';
}

export interface RepositoryRow {
  readonly kind: 'repository';
  readonly name: string;
  readonly images: number;
}

export interface ImageRow {
  readonly kind: 'image';
  /** The tag alone under its repository, else the whole reference; for an image without a tag its short id. */
  readonly label: string;
  readonly tagged: boolean;
  readonly used: boolean;
  /** Bytes. */
  readonly size: number;
  readonly age: Age;
}

export interface StorageGroupRow {
  readonly kind: 'volumeGroup' | 'networkGroup';
  readonly by: GroupBy;
  readonly name: string;
  /** How many are under it; absent for what is left over. */
  readonly count?: number;
}

export interface VolumeRow {
  readonly kind: 'volume';
  readonly name: string;
  readonly anonymous: boolean;
  readonly driver: string;
  /** Bytes, where they were asked for and the driver tells. */
  readonly size?: number;
  /** Absent where the driver does not say. */
  readonly age?: Age;
  /** The names of the containers that use it. */
  readonly users: readonly string[];
}

export interface NetworkRow {
  readonly kind: 'network';
  readonly name: string;
  /** Made by the engine itself. */
  readonly predefined: boolean;
  readonly driver: string;
  readonly subnets: readonly { readonly subnet: string; readonly gateway: string }[];
  readonly internal: boolean;
  /** How many containers are connected. */
  readonly users: number;
}

/** A container under a volume or a network. */
export interface UserRow {
  readonly kind: 'volumeUser' | 'endpoint';
  readonly name: string;
  readonly state: ContainerState;
  readonly icon: Icon;
  /** Where it has the volume; its address in the network, empty while it has none. */
  readonly place: string;
  /** It cannot write to the volume. */
  readonly readOnly?: boolean;
  /** Further names it has in the network, as far as they are known. */
  readonly aliases?: readonly string[];
}

/** A row and what is under it. */
export interface Branch<R = Row> {
  readonly node: Node;
  readonly row: R;
  /** Absent for a row that never has any. */
  readonly children?: readonly Branch<R>[];
}

/** A whole tree, and when to look at its ages again. */
export interface Tree {
  readonly branches: readonly Branch[];
  /** ms; Infinity when it has none. */
  readonly holds: number;
}
