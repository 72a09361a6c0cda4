/** The stats panel: what its host half and its browser half say to each other. */
export interface StatsContract {
  readonly toWebview: StatsToWebview;
  readonly toHost: StatsToHost;
  readonly requests: {
    /** The samples that are kept of one container, oldest first. */
    readonly history: { readonly asks: { readonly key: string }; readonly gets: readonly StatsPoint[] };
  };
}

export type StatsToWebview =
  /** All containers of the panel; sent again when anything about one of them has changed. */
  | { readonly type: 'containers'; readonly containers: readonly StatsContainer[] }
  /** What came since the last such message, oldest first. */
  | { readonly type: 'points'; readonly points: Readonly<Record<string, readonly StatsPoint[]>> };

export type StatsToHost =
  /** The last `points` are on screen: the next may come. */
  { readonly type: 'seen' };

export interface StatsContainer {
  /** Different from every other container's, of every engine. */
  readonly key: string;
  readonly engine: string;
  readonly name: string;
  readonly image: string;
  /** `unknown` until the engine has told; `removed` when it no longer has the container. */
  readonly state:
    'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead' | 'removed' | 'unknown';
  /** ms since 1970: when it entered this state. */
  readonly since?: number;
  readonly exitCode?: number;
  /** A sentence: why the engine cannot be asked at the moment. */
  readonly problem?: string;
}

/** One sample of one container. Bytes and bytes per second; what is unknown or does not exist is left out. */
export interface StatsPoint {
  /** ms since 1970, by the engine's clock. */
  readonly time: number;
  /** 100 is one core. */
  readonly cpuPercent: number;
  /** Of what it may use: its limit, or all cores. */
  readonly cpuLimitPercent: number;
  readonly memoryUsed: number;
  readonly memoryLimit?: number;
  readonly memoryPercent?: number;
  /** Absent for a container on the host's network: the engine does not count its traffic. */
  readonly netRx?: number;
  readonly netTx?: number;
  readonly blockRead: number;
  readonly blockWrite: number;
  readonly pids?: number;
  readonly netRxRate?: number;
  readonly netTxRate?: number;
  readonly blockReadRate?: number;
  readonly blockWriteRate?: number;
  /** It does not continue the point before it: the container, or the watching, was interrupted. */
  readonly first?: true;
}

/** The words of the panel, in the language of the editor. */
export interface StatsStrings {
  readonly containers: string;
  readonly engine: string;
  readonly name: string;
  readonly state: string;
  readonly cpu: string;
  readonly memory: string;
  readonly memoryPercent: string;
  readonly memoryUsage: string;
  readonly network: string;
  readonly disk: string;
  readonly pids: string;
  readonly received: string;
  readonly sent: string;
  readonly read: string;
  readonly written: string;
  /** {0}: cores in use, {1}: percent of what it may use. */
  readonly cores: string;
  /** {0}: percent. */
  readonly ofLimit: string;
  /** {0}: bytes per second received, {1}: sent; a line each. */
  readonly networkRates: string;
  /** {0}: bytes per second read, {1}: written; a line each. */
  readonly diskRates: string;
  /** {0}: bytes received or read, {1}: bytes sent or written, both since the container started. */
  readonly totals: string;
  readonly notAvailable: string;
  readonly hostNetwork: string;
  readonly waiting: string;
  /** {0}: a date and time. */
  readonly notRunningSince: string;
  readonly notStarted: string;
  /** {0}: exit code. */
  readonly exitCode: string;
  readonly startsAgain: string;
  readonly removed: string;
  readonly paused: string;
  readonly goesOn: string;
  readonly historyFailed: string;
  /** {0}: what is drawn, {1}: its last value, {2}: lowest, {3}: highest. */
  readonly chartSummary: string;
  /** {0}: what is drawn. */
  readonly chartEmpty: string;
  /** How to see less of the time, and all of it again. */
  readonly chartZoom: string;
  readonly resetZoom: string;
  readonly compare: string;
  readonly compareHint: string;
  /** {0}: how many. */
  readonly compareMost: string;
  /** {0}: what is drawn, in and out together. */
  readonly bothWays: string;
  readonly 'state.created': string;
  readonly 'state.running': string;
  readonly 'state.paused': string;
  readonly 'state.restarting': string;
  readonly 'state.removing': string;
  readonly 'state.exited': string;
  readonly 'state.dead': string;
  readonly 'state.removed': string;
  readonly 'state.unknown': string;
}
