/** The run form: what its host half and its browser half say to each other. */
export interface RunContract {
  readonly toWebview: RunToWebview;
  readonly toHost: RunToHost;
  readonly requests: {
    /** What is wrong with these values, and the line that runs them. */
    readonly check: { readonly asks: { readonly values: RunValues }; readonly gets: RunChecked };
    /** The values of a line of `docker run`; `values` has what the line shows masked. */
    readonly read: {
      readonly asks: { readonly line: string; readonly values: RunValues };
      readonly gets: RunRead;
    };
    /** What an image brings along. */
    readonly image: { readonly asks: { readonly image: string }; readonly gets: RunImage };
    /** Runs; answers what is told below the form. Rejects with what to change. */
    readonly run: { readonly asks: { readonly values: RunValues }; readonly gets: { readonly said: string } };
    readonly save: {
      readonly asks: { readonly values: RunValues };
      readonly gets: { readonly said: string };
    };
  };
}

export type RunToWebview =
  /** The form as it is to be filled; sent once the page is there. */
  { readonly type: 'form'; readonly form: RunForm };

export type RunToHost =
  /** The line goes to the clipboard, with its secrets. */
  | { readonly type: 'copy'; readonly values: RunValues }
  /** It is on screen. */
  | { readonly type: 'painted' };

/** `run` makes a new container; `recreate` puts one in the place of another. */
export type RunMode = 'run' | 'recreate';

export interface RunForm {
  readonly mode: RunMode;
  /** Whether it was filled from a container, so that what is different is shown. */
  readonly compared: boolean;
  readonly title: string;
  /** What to know before one begins, such as a compose file that owns the container. */
  readonly notes: readonly string[];
  readonly sections: readonly RunSection[];
  readonly values: RunValues;
  /** References of the engine's images. */
  readonly images: readonly string[];
  readonly networks: readonly string[];
}

export interface RunSection {
  readonly title: string;
  /** Folded until it is wanted. */
  readonly folded: boolean;
  readonly fields: readonly RunField[];
}

export interface RunField {
  readonly name: string;
  readonly label: string;
  /** `--publish`, for who knows it; empty where there is none. */
  readonly flag: string;
  readonly kind: 'switch' | 'text' | 'list';
  readonly example: string;
  /** Values to choose from; any other may be typed. */
  readonly choices: readonly string[];
}

/** By field: text, on or off, or one text for each time the flag is given. */
export type RunValues = Readonly<Record<string, string | boolean | readonly string[]>>;

export interface RunChecked {
  /** By field: a sentence. */
  readonly problems: Readonly<Record<string, RunProblem>>;
  /** Of what is filled in, right or wrong; empty without an image. Secrets are masked. */
  readonly line: string;
  /** From the container that it was filled from: what is to be different. */
  readonly changes: readonly RunChange[];
}

export interface RunProblem {
  readonly said: string;
  /** Of a list: the index of the value that is wrong, where it is one alone. */
  readonly item?: number;
}

export interface RunChange {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  readonly live: boolean;
}

export type RunRead =
  | { readonly values: RunValues }
  /** `position` and `end` are of the characters to blame. */
  | { readonly problem: string; readonly position: number; readonly end: number };

export interface RunImage {
  /** A line for each thing the image says: ports, volumes, user, command, health check. Empty when it is not there yet. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly here: boolean;
  /** Ports to publish: the container's, and one of the engine's machine that is free. */
  readonly ports: readonly string[];
}

/** The words of the panel, in the language of the editor. */
export interface RunStrings {
  readonly run: string;
  readonly recreate: string;
  readonly copy: string;
  readonly save: string;
  readonly line: string;
  readonly lineHint: string;
  readonly lineProblem: string;
  readonly problems: string;
  readonly add: string;
  readonly remove: string;
  readonly changes: string;
  readonly noChanges: string;
  readonly live: string;
  readonly anew: string;
  readonly nothing: string;
  readonly imageFacts: string;
  readonly notHere: string;
  readonly publishAll: string;
  readonly working: string;
  readonly copied: string;
}
