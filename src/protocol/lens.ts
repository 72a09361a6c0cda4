import type { ConfigDifference, Efficiency, FileTree, Mark } from '../engine/lens/shapes';

export type { ConfigDifference, Efficiency, FileTree, Mark };

/** The image lens: what its host half and its browser half say to each other. */
export interface LensContract {
  readonly toWebview: LensToWebview;
  readonly toHost: LensToHost;
  readonly requests: {
    /** The files of a layer; `changes`: only what that layer does. Of a comparison, what differs. */
    readonly tree: {
      readonly asks: { readonly layer: number; readonly changes: boolean };
      readonly gets: FileTree;
    };
    /** Open a file as that layer has it; `side` says of which image of a comparison. */
    readonly open: {
      readonly asks: { readonly layer: number; readonly path: string; readonly side: LensSide };
      readonly gets: null;
    };
    /** Go to the line of a Dockerfile that this row comes from. */
    readonly goTo: { readonly asks: { readonly row: number }; readonly gets: null };
  };
}

export type LensSide = 'before' | 'after';

export type LensToWebview =
  | { readonly type: 'image'; readonly image: LensSummary; readonly rows: readonly LensInstruction[] }
  | {
      readonly type: 'images';
      readonly before: LensSummary;
      readonly after: LensSummary;
      readonly config: readonly ConfigDifference[];
      /** Layers that both begin with, and their bytes. */
      readonly common: { readonly layers: number; readonly bytes: number };
    }
  /** Its files are on their way: bytes that have come, and about how many will; 0 when nobody knows. */
  | { readonly type: 'reading'; readonly bytes: number; readonly total: number }
  | {
      readonly type: 'files';
      /** Again, now that it is certain which instruction has made which layer. */
      readonly rows: readonly LensInstruction[];
      readonly layers: readonly LensLayer[];
      readonly efficiency: Efficiency;
    }
  | { readonly type: 'compared'; readonly unreadable: readonly string[] }
  /** Other images of the engine that share each layer. */
  | { readonly type: 'shared'; readonly sharers: readonly (readonly string[])[] }
  /** Where each row stands in a Dockerfile of the workspace. */
  | { readonly type: 'lines'; readonly lines: readonly (LensLine | null)[] }
  | { readonly type: 'failed'; readonly reason: string };

export type LensToHost =
  /** Read the image again. */
  { readonly type: 'read' };

export interface LensSummary {
  readonly name: string;
  readonly id: string;
  /** Bytes. */
  readonly size: number;
  readonly layers: number;
  /** `linux/amd64`; empty when the engine does not tell. */
  readonly platform: string;
}

export interface LensInstruction {
  readonly createdBy: string;
  /** ms since 1970; 0 when nobody knows. */
  readonly created: number;
  /** Bytes. */
  readonly size: number;
  /** The layer it has made; `null` for none. */
  readonly layer: number | null;
  /** Of that layer; empty for none. */
  readonly digest: string;
}

export interface LensLayer {
  /** Files and links, no directories. */
  readonly files: number;
  /** Why it cannot be read; empty when it can. */
  readonly problem: string;
}

export interface LensLine {
  /** As in `Dockerfile:12`. */
  readonly label: string;
  /** Its text has changed since the image was built. */
  readonly stale: boolean;
}

/** The words of the lens, in the language of the editor. */
export interface LensStrings {
  readonly layers: string;
  readonly files: string;
  /** {0}: size, {1}: number of layers, {2}: platform. */
  readonly facts: string;
  readonly looking: string;
  /** {0}: bytes, {1}: of about so many. */
  readonly reading: string;
  readonly waiting: string;
  readonly readAgain: string;
  readonly share: string;
  readonly noLayer: string;
  readonly created: string;
  readonly digest: string;
  readonly alsoIn: string;
  /** {0}: number of images. */
  readonly alsoInCount: string;
  readonly alsoInOne: string;
  readonly notShared: string;
  /** {0}: `Dockerfile:12`. */
  readonly goTo: string;
  readonly stale: string;
  readonly thisLayer: string;
  readonly upToHere: string;
  readonly filter: string;
  readonly sortByName: string;
  readonly sortBySize: string;
  readonly sort: string;
  readonly show: string;
  readonly open: string;
  readonly opening: string;
  readonly empty: string;
  readonly noMatch: string;
  readonly noFiles: string;
  readonly efficiency: string;
  /** {0}: bytes, {1}: bytes that cannot be seen. */
  readonly wasted: string;
  readonly nothingWasted: string;
  readonly wastedTitle: string;
  /** {0}: number of layers, {1}: bytes, {2}: hidden. */
  readonly wastedPath: string;
  readonly more: string;
  readonly config: string;
  readonly sameConfig: string;
  readonly field: string;
  readonly nothing: string;
  /** {0}: layers, {1}: bytes. */
  readonly common: string;
  readonly noCommon: string;
  readonly sameFiles: string;
  /** {0}: added, {1}: changed, {2}: removed. */
  readonly counts: string;
  /** Of a directory that is the same, with something in it that is not. */
  readonly holds: string;
  readonly 'mark.same': string;
  readonly 'mark.added': string;
  readonly 'mark.changed': string;
  readonly 'mark.removed': string;
}
