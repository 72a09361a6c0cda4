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
export type Row = EngineRow | ContainerGroupRow | ContainerRow | FilesRow | RepositoryRow | ImageRow;

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

/** A row and what is under it. */
export interface Branch {
  readonly node: Node;
  readonly row: Row;
  /** Absent for a row that never has any. */
  readonly children?: readonly Branch[];
}

/** A whole tree, and when to look at its ages again. */
export interface Tree {
  readonly branches: readonly Branch[];
  /** ms; Infinity when it has none. */
  readonly holds: number;
}
