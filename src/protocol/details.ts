import type { StatsContract, StatsStrings, StatsToWebview } from './stats';

/** The details panel of one container: what its host half and its browser half say to each other. */
export interface DetailsContract {
  readonly toWebview: DetailsToWebview;
  readonly toHost: DetailsToHost;
  readonly requests: {
    readonly history: StatsContract['requests']['history'];
    /** What stands at this place of the inspect object, whole and with its secrets. */
    readonly value: { readonly asks: { readonly path: DetailsPath }; readonly gets: string };
    readonly changes: { readonly asks: undefined; readonly gets: DetailsChanges };
  };
}

export type DetailsTab = 'overview' | 'stats' | 'processes' | 'changes' | 'inspect';

/** Keys and indices from the top of the inspect object. */
export type DetailsPath = readonly (string | number)[];

export type DetailsToWebview =
  | StatsToWebview
  /** What the engine says of it; sent again when anything of that has changed. */
  | { readonly type: 'details'; readonly details: Details }
  /** What happened to it while it was watched, oldest first. */
  | { readonly type: 'marks'; readonly marks: readonly DetailsMark[] }
  | DetailsProcesses
  | { readonly type: 'tab'; readonly tab: DetailsTab };

export type DetailsToHost =
  /** The last `points` are on screen. */
  | { readonly type: 'seen' }
  | { readonly type: 'tab'; readonly tab: DetailsTab }
  /** What stands at a place goes to the clipboard, with its secrets. */
  | { readonly type: 'copyValue'; readonly path: DetailsPath }
  | { readonly type: 'copyText'; readonly text: string }
  | { readonly type: 'openJson' }
  | { readonly type: 'openCsv' };

export interface Details {
  /** As the engine sends it, secrets masked. */
  readonly inspected: unknown;
  /** Where something is masked, as JSON of the path. */
  readonly masked: readonly string[];
  readonly ports: readonly DetailsPort[];
  /** `repository@sha256:…`, as far as the image has come from a registry. */
  readonly digests: readonly string[];
  /** The tab to begin with. */
  readonly tab: DetailsTab;
}

export interface DetailsPort {
  /** Such as `80/tcp`. */
  readonly inside: string;
  /** Such as `0.0.0.0:8080`; empty when it is not published. */
  readonly outside: string;
  /** Where a browser on this machine finds it. */
  readonly url?: string;
}

export interface DetailsMark {
  /** ms since 1970, by the engine's clock. */
  readonly time: number;
  readonly kind: 'start' | 'die' | 'oom' | 'restart' | 'pause' | 'unpause' | 'health';
  /** The exit code, or the health. */
  readonly detail: string;
}

export interface DetailsProcesses {
  readonly type: 'processes';
  readonly titles: readonly string[];
  readonly processes: readonly (readonly string[])[];
  /** How many more there are than are sent. */
  readonly more: number;
  /** A sentence: why they could not be read. */
  readonly problem?: string;
}

export interface DetailsChanges {
  readonly changes: readonly { readonly kind: 'A' | 'C' | 'D'; readonly path: string }[];
  /** How many more there are than are sent. */
  readonly more: number;
}

/** The words of the panel, in the language of the editor. */
export interface DetailsStrings extends StatsStrings {
  readonly details: string;
  readonly overview: string;
  readonly stats: string;
  readonly processes: string;
  readonly changes: string;
  readonly inspect: string;
  readonly gone: string;
  readonly back: string;
  readonly show: string;
  readonly hide: string;
  readonly copyPath: string;
  readonly copyValue: string;
  readonly openJson: string;
  readonly search: string;
  readonly previous: string;
  readonly next: string;
  /** {0}: which, {1}: of how many. */
  readonly found: string;
  readonly notFound: string;
  /** {0}: a number. */
  readonly more: string;
  readonly refresh: string;
  readonly reading: string;
  readonly added: string;
  readonly changed: string;
  readonly deleted: string;
  readonly noChanges: string;
  readonly notRunning: string;
  readonly pause: string;
  readonly goOn: string;
  readonly csv: string;
  readonly span: string;
  /** {0}: a number. */
  readonly minutes: string;
  readonly events: string;
  readonly 'mark.start': string;
  readonly 'mark.die': string;
  readonly 'mark.oom': string;
  readonly 'mark.restart': string;
  readonly 'mark.pause': string;
  readonly 'mark.unpause': string;
  readonly 'mark.health': string;
  readonly container: string;
  readonly ports: string;
  readonly networks: string;
  readonly mounts: string;
  readonly limits: string;
  readonly health: string;
  readonly env: string;
  readonly labels: string;
  readonly none: string;
  readonly created: string;
  readonly started: string;
  readonly finished: string;
  readonly exit: string;
  readonly outOfMemory: string;
  readonly error: string;
  readonly restarts: string;
  readonly restartPolicy: string;
  readonly id: string;
  readonly image: string;
  readonly imageId: string;
  readonly digest: string;
  readonly platform: string;
  readonly command: string;
  readonly entrypoint: string;
  readonly workdir: string;
  readonly user: string;
  readonly hostname: string;
  readonly compose: string;
  readonly notPublished: string;
  /** {0}: names. */
  readonly aliases: string;
  readonly readOnly: string;
  readonly noLimit: string;
  readonly memoryReservation: string;
  readonly memorySwap: string;
  readonly cpus: string;
  readonly cpuShares: string;
  readonly cpuset: string;
  readonly processLimit: string;
  readonly check: string;
  readonly failing: string;
  /** {0}: exit code. */
  readonly probe: string;
}
