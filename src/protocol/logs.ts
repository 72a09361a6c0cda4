/** The logs panel: what its host half and its browser half say to each other. */
export interface LogsContract {
  readonly toWebview: LogsToWebview;
  readonly toHost: LogsToHost;
  readonly requests: {
    /** Opens the file of the workspace that a line names. Rejects with the reason when there is none. */
    readonly open: { readonly asks: LogsPlace; readonly gets: { readonly opened: string } };
    /** Asks where to write to; `undefined` when the user changed their mind. */
    readonly exportTo: { readonly asks: { readonly name: string }; readonly gets: string | undefined };
    /** The next part of the file, `undefined` after the last; answers when it may be followed by another. */
    readonly exportPart: { readonly asks: { readonly part?: Uint8Array }; readonly gets: undefined };
    readonly copy: { readonly asks: { readonly text: string }; readonly gets: undefined };
  };
}

export type LogsToWebview =
  /** The containers of the panel, as they are now; a line names them by their place in the list. */
  | { readonly type: 'containers'; readonly containers: readonly LogsContainer[] }
  /** What was shown is no longer: what follows has this number. */
  | { readonly type: 'begin'; readonly session: number; readonly reading: LogsReading }
  | LogsBatch
  /** The reading of older lines is over. `all`: there is nothing before what is here now. */
  | { readonly type: 'olderDone'; readonly session: number; readonly all: boolean; readonly problem: string };

export interface LogsBatch {
  readonly type: 'lines';
  readonly session: number;
  /** To be said when it has been taken in; no more than a few go out before that. */
  readonly batch: number;
  /** Goes before what was there first, after the older lines that came before it. */
  readonly older: boolean;
  /** UTF-8; every line ends with `\n`, and holds none. */
  readonly text: Uint8Array;
  /** Of each line: ms since 1970. */
  readonly times: Float64Array;
  /** Of each line: see `META`. */
  readonly meta: Uint16Array;
}

export type LogsToHost =
  | { readonly type: 'taken'; readonly batch: number }
  /** Begin anew with this. */
  | { readonly type: 'read'; readonly reading: LogsReading }
  /** Read what is before the first line: that many lines, or all of them since a time (`parseWhen`). */
  | { readonly type: 'older'; readonly lines: number | 'all'; readonly since?: string }
  /** What is older than this (ms since 1970) is not to come again; 0 to take that back. */
  | { readonly type: 'cleared'; readonly before: number };

/** What to begin with: the last lines of each container, of those that are younger than `since` (`parseWhen`). */
export interface LogsReading {
  readonly tail: number | 'all';
  readonly since: string;
  /** Whether each line is to be shown with its time, where that was asked for. */
  readonly timestamps?: boolean;
}

export interface LogsContainer {
  readonly name: string;
  readonly engine: string;
  readonly state: 'following' | 'stopped' | 'removed' | 'unknown';
  /** Why its log cannot be read now; empty when it can. */
  readonly problem: string;
}

/** A file that a line of a container names; line and column count from 1. */
export interface LogsPlace {
  readonly container: number;
  readonly path: string;
  readonly line: number;
  readonly column?: number;
}

/** The words of the panel, in the language of the editor. */
export interface LogsStrings {
  readonly log: string;
  readonly search: string;
  readonly searchHint: string;
  readonly filter: string;
  readonly filterHint: string;
  readonly regex: string;
  readonly matchCase: string;
  readonly inverse: string;
  readonly next: string;
  readonly previous: string;
  readonly found: string;
  readonly foundSome: string;
  readonly foundNone: string;
  readonly levels: string;
  readonly 'level.error': string;
  readonly 'level.warn': string;
  readonly 'level.info': string;
  readonly 'level.debug': string;
  readonly 'level.none': string;
  readonly streams: string;
  readonly bothStreams: string;
  readonly containers: string;
  readonly timestamps: string;
  readonly 'timestamps.off': string;
  readonly 'timestamps.local': string;
  readonly 'timestamps.utc': string;
  readonly tail: string;
  readonly tailLines: string;
  readonly tailAll: string;
  readonly since: string;
  readonly sinceHint: string;
  readonly jump: string;
  readonly jumpHint: string;
  readonly notATime: string;
  readonly wrap: string;
  readonly fold: string;
  readonly copy: string;
  readonly copied: string;
  readonly copiedPart: string;
  readonly clear: string;
  readonly cleared: string;
  readonly restore: string;
  readonly export: string;
  readonly exported: string;
  readonly newLines: string;
  readonly follow: string;
  readonly shown: string;
  readonly shownOf: string;
  readonly empty: string;
  readonly noneShown: string;
  readonly older: string;
  readonly readingOlder: string;
  readonly beginning: string;
  readonly dropped: string;
  readonly moreLines: string;
  readonly foldLines: string;
  readonly unfoldLines: string;
  readonly showAll: string;
  readonly details: string;
  readonly close: string;
  readonly tooSlow: string;
  readonly badRegex: string;
  readonly openFile: string;
  readonly copyValue: string;
  readonly 'state.stopped': string;
  readonly 'state.removed': string;
  readonly 'state.unknown': string;
  readonly container: string;
  readonly stream: string;
  readonly time: string;
  readonly level: string;
  readonly text: string;
}
