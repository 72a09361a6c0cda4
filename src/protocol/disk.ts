import type { CleanupKind, DiskItem, DiskSum, KeepReason, KeepRules } from '../engine/cleanup/items';

export type { CleanupKind, DiskItem, DiskSum, KeepReason, KeepRules };

/** The disk planner: what its host half and its browser half say to each other. */
export interface DiskContract {
  readonly toWebview: DiskToWebview;
  readonly toHost: DiskToHost;
  readonly requests: {
    /** What goes by these rules. */
    readonly propose: { readonly asks: { readonly rules: KeepRules }; readonly gets: DiskVerdict };
    /** What these ticks are worth; ticks that cannot be are taken away. */
    readonly weigh: { readonly asks: { readonly ticked: readonly string[] }; readonly gets: DiskVerdict };
    /** Remove exactly these, once the user has confirmed it. */
    readonly remove: { readonly asks: { readonly ticked: readonly string[] }; readonly gets: DiskReceipt };
  };
}

export type DiskToWebview =
  /** The engine is being asked; that may take a while. */
  | { readonly type: 'looking' }
  | { readonly type: 'failed'; readonly reason: string }
  | {
      readonly type: 'disk';
      readonly engine: string;
      readonly items: readonly DiskItem[];
      readonly sums: Readonly<Record<CleanupKind, DiskSum>>;
      readonly rules: KeepRules;
      readonly verdict: DiskVerdict;
    };

export type DiskToHost =
  /** Look again. */
  { readonly type: 'look' };

export interface DiskVerdict {
  readonly ticked: readonly string[];
  /** Bytes that the removal of all that is ticked gives back. */
  readonly bytes: number;
  /** Why a rule keeps it, by key; only where rules were applied. */
  readonly kept: Readonly<Record<string, KeepReason>>;
  /** What cannot be ticked now, and the names of the containers because of which; none for what is busy itself. */
  readonly blocked: Readonly<Record<string, readonly string[]>>;
}

export interface DiskReceipt {
  readonly removed: readonly string[];
  readonly refused: readonly { readonly name: string; readonly reason: string }[];
  /** Bytes that are free now and were not before, as the engine adds them up. */
  readonly freed: number;
  /** The user changed their mind. */
  readonly cancelled: boolean;
}

/** The words of the panel, in the language of the editor. */
export interface DiskStrings {
  readonly heading: string;
  readonly look: string;
  readonly looking: string;
  readonly keep: string;
  readonly keepInUse: string;
  readonly keepTagged: string;
  readonly keepNamed: string;
  readonly keepNewest: string;
  readonly keepAge: string;
  readonly keepLabels: string;
  readonly apply: string;
  readonly none: string;
  readonly remove: string;
  /** {0}: how many, {1}: bytes. */
  readonly chosen: string;
  readonly nothingChosen: string;
  /** {0}: bytes. */
  readonly freed: string;
  readonly nothingRemoved: string;
  readonly removed: string;
  readonly refused: string;
  readonly working: string;
  readonly tick: string;
  /** {0}: name. */
  readonly tickOne: string;
  readonly tickAll: string;
  readonly name: string;
  readonly size: string;
  readonly unique: string;
  readonly shared: string;
  readonly age: string;
  readonly state: string;
  /** {0}: count, {1}: in use, {2}: size, {3}: reclaimable. */
  readonly sum: string;
  readonly empty: string;
  readonly unknown: string;
  readonly anonymous: string;
  /** {0}: names. */
  readonly usedBy: string;
  readonly 'busy.containers': string;
  readonly 'busy.buildCache': string;
  readonly 'kind.containers': string;
  readonly 'kind.images': string;
  readonly 'kind.volumes': string;
  readonly 'kind.buildCache': string;
  readonly 'keep.busy': string;
  readonly 'keep.inUse': string;
  readonly 'keep.label': string;
  readonly 'keep.young': string;
  readonly 'keep.tagged': string;
  readonly 'keep.newest': string;
  readonly 'keep.named': string;
}
