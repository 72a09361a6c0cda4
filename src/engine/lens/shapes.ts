/* What the lens tells of an image: types alone, for whoever shows them. */

/** What has become of a path. */
export type Mark = 'same' | 'added' | 'changed' | 'removed';

/**
 * Files as they stand in a tree, each directory before what is in it, by name. In columns, for there may be hundreds of
 * thousands; row 0 is what is right below the root.
 */
export interface FileTree {
  /** With a slash between them, which no name can hold. */
  readonly names: string;
  /** 0 right below the root. */
  readonly depths: Uint32Array;
  /** Index into `MARKS`. */
  readonly marks: Uint8Array;
  /** Index into `TYPES` of `layerFiles`. */
  readonly types: Uint8Array;
  /** Bytes; of a directory, of all that is shown below it and still there. Of what was removed, as it was. */
  readonly sizes: Float64Array;
  /** Bytes before; 0 where there was nothing. */
  readonly before: Float64Array;
  readonly modes: Uint16Array;
  readonly uids: Float64Array;
  readonly gids: Float64Array;
  /** The layer that has it, an index; of what was removed, the one that had it. */
  readonly layers: Int32Array;
  /** By row, where links lead to. */
  readonly links: readonly (readonly [row: number, target: string])[];
  /** Files and links, no directories, by mark. */
  readonly counts: Readonly<Record<Mark, number>>;
}

/** A path that more than one layer has something to say about. */
export interface WastedPath {
  readonly path: string;
  /** Layers that have it or take it away. */
  readonly times: number;
  /** Bytes of it in all layers together. */
  readonly bytes: number;
  /** The last of them: an index. */
  readonly layer: number;
  /** Of these bytes, what nobody can see in the image any more. */
  readonly hidden: number;
}

export interface Efficiency {
  /** 0 to 1: 1 when no byte is there in vain. */
  readonly score: number;
  /** Bytes of all paths that are in the list, in all layers. */
  readonly wasted: number;
  /** Bytes of all layers that cannot be seen in the image. */
  readonly hidden: number;
  /** Bytes of all layers. */
  readonly bytes: number;
  /** The largest first. */
  readonly paths: readonly WastedPath[];
}

/** One thing that two configurations say differently; empty where one says nothing. */
export interface ConfigDifference {
  /** As in `docker inspect`: `Env`, `Cmd`, … */
  readonly field: string;
  /** Of what there are several, which: the name of a variable or a label. */
  readonly name: string;
  readonly before: string;
  readonly after: string;
}
