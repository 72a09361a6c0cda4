import type { BuildOptions, ContextOptions } from './engine/build/options';
import type { ContextSummary } from './engine/build/summary';
import type { StoredIn } from './engine/auth/login';
import type { CleanupKind, KeepRules } from './engine/cleanup/items';
import type { Processes } from './engine/containers';
import type { AddedEngine } from './engine/engineSources';
import type { EngineError } from './engine/errors';
import type { Change } from './engine/files/changes';
import type { ListedFile } from './engine/files/listing';
import type { ConfigDifference } from './engine/lens/shapes';
import type { RunSpec } from './engine/run/spec';
import type { ServiceOptions } from './engine/swarm/serviceSpec';
import type { DiskUsage } from './engine/wire/diskUsage';
import type { AnyEvent } from './engine/wire/event';

/**
 * What a command acts on: a tree node or a plain object. `id` is a full id, a unique prefix, a name or (for images)
 * a reference, as the engine resolves it; `engine` its engine's name, by default the shown one.
 */
export interface TargetObject {
  readonly id: string;
  readonly engine?: string;
}

/** One thing, several, or nothing (then the user is asked). */
export type Target = TargetObject | readonly TargetObject[] | undefined;

/** A file or directory of a container, which `id` names. */
export interface FileTarget extends TargetObject {
  /** In the container; counts from its root. */
  readonly path: string;
}

/** What became of each target. A failing single target rejects instead. */
export interface Outcome {
  readonly done: string[];
  readonly failed: { id: string; error: EngineError }[];
}

/** What a process wrote, or a log holds. */
export interface Written {
  readonly stdout: string;
  readonly stderr: string;
}

export interface ExecResult extends Written {
  readonly exitCode: number;
}

/** What a copy moved; `files` counts what is no directory. */
export interface CopyResult {
  readonly files: number;
  readonly bytes: number;
}

export interface RunResult {
  readonly id: string;
  readonly warnings: readonly string[];
  /** The rest only of a run that was not detached and ran without a terminal. */
  readonly exitCode?: number;
  readonly stdout?: string;
  readonly stderr?: string;
}

/** What `docker update` takes, in its words. */
export interface UpdateOptions {
  readonly memory?: string;
  readonly memorySwap?: string;
  readonly memoryReservation?: string;
  readonly cpus?: string;
  readonly cpuShares?: number;
  readonly cpusetCpus?: string;
  readonly pidsLimit?: number;
  readonly restart?: string;
}

export interface OneStats {
  readonly id: string;
  /** 100 is one core. */
  readonly cpuPercent: number;
  /** Bytes, as are the others; the page cache is not counted. */
  readonly memoryUsed: number;
  /** Undefined, as some of the others, where the engine does not tell: on Windows, or in the host's network. */
  readonly memoryLimit: number | undefined;
  readonly netRx: number | undefined;
  readonly netTx: number | undefined;
  readonly blockRead: number;
  readonly blockWrite: number;
  readonly pids: number | undefined;
}

export interface PruneResult {
  readonly victims: { id: string; name: string; bytes: number }[];
  readonly bytes: number;
}

/** What a cleanup would remove or has removed; `bytes` are what all of it frees together, shared layers counted. */
export interface CleanupResult extends PruneResult {
  readonly refused: { id: string; name: string; error: EngineError }[];
}

export type { DiskUsage };

/** Code must say that it means it, or ask for the plan alone. */
export interface PruneOptions {
  readonly confirm?: boolean;
  readonly dryRun?: boolean;
  /** Also what has a name. */
  readonly all?: boolean;
  readonly engine?: string;
}

/** One instruction of an image, and the layer that it made. */
export interface ImageLayer {
  readonly digest: string;
  readonly createdBy: string;
  /** Bytes. */
  readonly size: number;
  /** ms since 1970. */
  readonly created: number;
}

/** A registry by its `address`, or a repository or tag of one by its `reference`, an image's name; `id` is either. */
export interface RegistryTarget {
  readonly id?: string;
  readonly address?: string;
  readonly reference?: string;
  /** Which engine pulls. */
  readonly engine?: string;
}

/** What a registry has under the tag of an image that is here. */
export interface ImageUpdate {
  readonly reference: string;
  readonly upToDate: boolean;
  /** Digests, `sha256:…`; `local` is empty for an image that was made here and never pushed there. */
  readonly local: string;
  readonly remote: string;
}

/** What the second of two images has other than the first. */
export interface ImageComparison {
  /** Full ids. */
  readonly before: string;
  readonly after: string;
  readonly config: readonly ConfigDifference[];
  /** `common`: those that both begin with. */
  readonly layers: { readonly common: number; readonly before: number; readonly after: number };
  /** Added, changed, deleted; bytes before and after. Directories are left out. */
  readonly files: readonly {
    readonly kind: 'A' | 'C' | 'D';
    readonly path: string;
    readonly before: number;
    readonly after: number;
  }[];
}

/** What names a project's files is a label that anybody can write, so code must say that it means it. */
export interface ComposeOptions {
  readonly confirm?: boolean;
}

/** What was started. */
export interface ComposeRun {
  readonly command: readonly string[];
}

/** Every command: its arguments after the target, and what it answers. See CONTRIBUTING for how one is added. */
export interface Commands {
  'quayside.containers.run': (spec?: RunSpec) => RunResult;
  /** Opens the run form, filled from a `docker run` line where one is given. */
  'quayside.containers.runForm': (options?: { line?: string; engine?: string }) => void;
  /** Runs a profile of the setting `quayside.runProfiles`. */
  'quayside.containers.runProfile': (options?: { name?: string; show?: boolean }) => RunResult;
  /** Changes a container: `live` when it could be done while it runs, else another has taken its place. */
  'quayside.containers.recreate': (
    target?: Target,
    options?: Partial<RunSpec>,
  ) => { id: string; live: boolean } | undefined;
  'quayside.containers.start': (target?: Target) => Outcome;
  'quayside.containers.stop': (target?: Target, options?: { timeout?: number }) => Outcome;
  'quayside.containers.restart': (target?: Target, options?: { timeout?: number }) => Outcome;
  'quayside.containers.pause': (target?: Target) => Outcome;
  'quayside.containers.unpause': (target?: Target) => Outcome;
  'quayside.containers.kill': (target?: Target, options?: { signal?: string }) => Outcome;
  'quayside.containers.remove': (
    target?: Target,
    options?: { force?: boolean; volumes?: boolean },
  ) => Outcome;
  'quayside.containers.removeAll': (options?: {
    force?: boolean;
    confirm?: boolean;
    engine?: string;
  }) => Outcome;
  /** Every running container of the engine, as `docker stop $(docker ps -q)`. */
  'quayside.containers.stopAll': (options?: {
    timeout?: number;
    confirm?: boolean;
    engine?: string;
  }) => Outcome;
  'quayside.containers.rename': (target?: Target, options?: { name: string }) => { id: string; name: string };
  'quayside.containers.inspect': (target?: Target, options?: { show?: boolean }) => unknown;
  /** Opens the panel with everything about a container, on this tab. */
  'quayside.containers.details': (
    target?: Target,
    options?: { tab?: 'overview' | 'stats' | 'processes' | 'changes' | 'inspect' },
  ) => { id: string } | { id: string }[];
  /** How a container ended last: exit code, health, events and last lines, as a document; and its text. */
  'quayside.containers.showExit': (target?: Target, options?: { show?: boolean }) => string | string[];
  'quayside.containers.top': (
    target?: Target,
    options?: { args?: string; show?: boolean },
  ) => Processes | Processes[];
  'quayside.containers.logs': (
    target?: Target,
    options?: {
      show?: boolean;
      tail?: number | 'all';
      since?: string | number;
      until?: string | number;
      timestamps?: boolean;
      /** Where they are shown; default as the setting says. */
      view?: 'panel' | 'terminal';
    },
  ) => Written | Written[] | undefined;
  'quayside.containers.exec': (
    target?: Target,
    options?: {
      command: string[];
      user?: string;
      workdir?: string;
      /** By name, or `NAME=value` each. */
      env?: Record<string, string> | string[];
      show?: boolean;
    },
  ) => ExecResult | ExecResult[] | undefined;
  'quayside.containers.shell': (
    target?: Target,
    options?: { shell?: string; user?: string; workdir?: string },
  ) => unknown;
  /** The same, after questions for shell, user and folder. */
  'quayside.containers.shellAs': (target?: Target) => unknown;
  /** A shell of another image beside a container that has none; `show: false` runs `command` to its end. */
  'quayside.containers.debugShell': (
    target?: Target,
    options?: { image?: string; command?: string[]; show?: boolean },
  ) => RunResult;
  'quayside.containers.attach': (target?: Target) => unknown;
  'quayside.containers.copyTo': (
    target?: Target,
    options?: { from: string | string[]; path: string },
  ) => CopyResult | CopyResult[];
  'quayside.containers.copyFrom': (target?: Target, options?: { path: string; to: string }) => CopyResult;
  'quayside.containers.diff': (target?: Target, options?: { show?: boolean }) => Change[] | Change[][];
  'quayside.containers.openInBrowser': (target?: Target, options?: { port?: number }) => string;
  'quayside.containers.stats': (target?: Target, options?: { show?: boolean }) => OneStats | OneStats[];
  'quayside.containers.prune': (options?: PruneOptions) => PruneResult;
  /** `what`: `name`, `id`, `image` or `ip`; answers what the clipboard holds then. */
  'quayside.containers.copy': (target?: Target, options?: { what?: string }) => string;
  'quayside.containers.copyRunCommand': (target?: Target) => string;
  'quayside.containers.duplicate': (
    target?: Target,
    options?: Partial<RunSpec>,
  ) => { id: string } | undefined;
  'quayside.containers.commit': (
    target?: Target,
    options?: { reference: string; message?: string; changes?: string[] },
  ) => { id: string; reference: string };
  'quayside.containers.export': (target?: Target, options?: { to: string }) => { bytes: number };
  'quayside.containers.update': (target?: Target, options?: UpdateOptions) => Outcome;
  /** Opens a file in the editor, which saves it back; shows a directory in the tree. */
  'quayside.files.open': (target?: FileTarget, options?: { preview?: boolean }) => { uri: string };
  'quayside.files.newFile': (target?: FileTarget, options?: { name: string }) => { path: string };
  'quayside.files.newFolder': (target?: FileTarget, options?: { name: string }) => { path: string };
  'quayside.files.rename': (target?: FileTarget, options?: { name: string }) => { path: string };
  /** `recursive`: directories with all they hold. */
  'quayside.files.delete': (
    target?: FileTarget | readonly FileTarget[],
    options?: { recursive?: boolean },
  ) => { done: string[] };
  'quayside.files.upload': (target?: FileTarget, options?: { from: string | string[] }) => CopyResult;
  'quayside.files.download': (
    target?: FileTarget | readonly FileTarget[],
    options?: { to: string },
  ) => CopyResult;
  'quayside.files.copyPath': (target?: FileTarget | readonly FileTarget[]) => string;
  'quayside.files.goToPath': (
    target?: TargetObject,
    options?: { path: string },
  ) => { path: string; directory: boolean };
  /** Reads anew what the tree shows of a container's files. */
  'quayside.files.refresh': (target?: TargetObject) => void;
  'quayside.files.addToWorkspace': (target?: FileTarget) => { uri: string; name: string };
  /** Addresses of the two; `container` is missing where the file is deleted there. */
  'quayside.files.compareWithImage': (target?: FileTarget) => {
    image: string;
    container: string | undefined;
  };
  'quayside.images.pull': (options?: { reference: string; platform?: string; engine?: string }) => {
    id: string;
    digest: string;
    reference: string;
  };
  /** `show`: with the log in a terminal, and the tag asked when none is given; `run`: with the run form afterwards. */
  'quayside.images.build': (options?: BuildOptions & { engine?: string; show?: boolean; run?: boolean }) => {
    id: string;
  };
  /** What a build would send, and what the ignore file leaves out. Nothing is sent. */
  'quayside.images.buildContext': (options?: ContextOptions & { show?: boolean }) => ContextSummary;
  'quayside.images.runForm': (target?: Target) => void;
  'quayside.images.run': (target?: Target, options?: Partial<RunSpec>) => RunResult;
  'quayside.images.runInteractive': (target?: Target) => RunResult;
  /** Builds up to the stage `target` and opens a shell in it; `show` as with `build`. Of the open Dockerfile without options. */
  'quayside.images.stageShell': (options?: BuildOptions & { engine?: string; show?: boolean }) => RunResult;
  /** One further name or several; of several, `reference` is the first, and `references` are all. */
  'quayside.images.tag': (
    target?: Target,
    options?: { reference: string | readonly string[] },
  ) => { id: string; reference: string; references?: string[] };
  'quayside.images.remove': (target?: Target, options?: { force?: boolean }) => Outcome;
  'quayside.images.inspect': (target?: Target, options?: { show?: boolean }) => unknown;
  /** Oldest first; `digest` is the layer's content, empty for an instruction that made none. */
  'quayside.images.layers': (target?: Target, options?: { show?: boolean }) => ImageLayer[] | ImageLayer[][];
  /** Two images, or one and `with`; from the UI it only shows. */
  'quayside.images.compare': (
    target?: Target,
    options?: { with?: string | TargetObject; show?: boolean },
  ) => ImageComparison | undefined;
  'quayside.images.history': (target?: Target, options?: { show?: boolean }) => unknown;
  /** Whether the registry has another image under the tag by now; `remote` is its digest, `local` is ours, if any. */
  'quayside.images.checkUpdate': (target?: Target) => ImageUpdate | ImageUpdate[];
  /** `what`: `name`, `digest` or `id`. */
  'quayside.images.copy': (target?: Target, options?: { what?: string }) => string;
  'quayside.images.prune': (options?: PruneOptions) => PruneResult;
  'quayside.images.push': (
    target?: Target,
    options?: { reference?: string },
  ) => { digest: string; reference: string };
  'quayside.images.save': (target?: Target, options?: { to: string }) => { bytes: number };
  'quayside.images.load': (options?: { from: string; engine?: string }) => { loaded: string[] };
  'quayside.images.import': (options?: { from: string; reference: string; engine?: string }) => {
    id: string;
    reference: string;
  };
  'quayside.volumes.create': (options?: {
    name?: string;
    driver?: string;
    options?: Record<string, string>;
    labels?: Record<string, string>;
    engine?: string;
  }) => { name: string };
  'quayside.volumes.remove': (target?: Target, options?: { force?: boolean }) => Outcome;
  'quayside.volumes.inspect': (target?: Target, options?: { show?: boolean }) => unknown;
  /** The files of a directory of it; from the UI a walk through them. */
  'quayside.volumes.browse': (
    target?: Target,
    options?: { path?: string; show?: boolean },
  ) => readonly ListedFile[] | undefined;
  /** Bytes of every volume of the engine, shown in the Volumes view from then on; -1 where the driver cannot tell. */
  'quayside.volumes.showSizes': (target?: Target) => { name: string; bytes: number }[];
  /** `what`: `name` or `mountpoint`. */
  'quayside.volumes.copy': (target?: Target, options?: { what?: string }) => string;
  /** Files of this computer into a volume, by the rules of `docker cp`; `path` is `/` by default. */
  'quayside.volumes.copyTo': (
    target?: Target,
    options?: { from: string | string[]; path?: string },
  ) => CopyResult;
  /** The same back; without `path` all that is in it. */
  'quayside.volumes.copyFrom': (target?: Target, options?: { path?: string; to: string }) => CopyResult;
  /** Into a tar file, gzip when its name ends in `.gz` or `.tgz`; several into a folder, each as `<name>.tar`. */
  'quayside.volumes.backup': (target?: Target, options?: { to: string }) => CopyResult | CopyResult[];
  /** A tar file into a volume; `create` makes the volume first, `empty` removes what is in it. */
  'quayside.volumes.restore': (
    target?: Target,
    options?: { from: string; create?: boolean; empty?: boolean },
  ) => CopyResult;
  /** All that is in a volume into a new one. */
  'quayside.volumes.clone': (target?: Target, options?: { name: string }) => CopyResult & { name: string };
  /** Removes all that is in a volume, which stays. */
  'quayside.volumes.empty': (target?: Target, options?: { confirm?: boolean }) => Outcome;
  'quayside.volumes.prune': (options?: PruneOptions) => PruneResult;
  'quayside.networks.create': (options?: {
    name: string;
    driver?: string;
    subnet?: string;
    gateway?: string;
    internal?: boolean;
    attachable?: boolean;
    ipv6?: boolean;
    labels?: Record<string, string>;
    engine?: string;
  }) => { id: string; name: string };
  'quayside.networks.remove': (target?: Target) => Outcome;
  'quayside.networks.inspect': (target?: Target, options?: { show?: boolean }) => unknown;
  'quayside.networks.connect': (
    target?: Target,
    options?: { container: string; aliases?: string[]; ip?: string },
  ) => Outcome;
  'quayside.networks.disconnect': (
    target?: Target,
    options?: { container: string; force?: boolean },
  ) => Outcome;
  /** `what`: `name`, `id`, `subnet` or `gateway`. */
  'quayside.networks.copy': (target?: Target, options?: { what?: string }) => string;
  'quayside.networks.prune': (options?: PruneOptions) => PruneResult;
  /** A registry for the Registries view; logs in where a user name is given. */
  'quayside.registries.add': (options?: { address: string; username?: string; password?: string }) => {
    address: string;
  };
  /** Takes one out of the settings again; its login stays. */
  'quayside.registries.remove': (target?: RegistryTarget) => { address: string };
  /** Logs in as `docker login` does, for the CLI too. */
  'quayside.registries.login': (
    target?: RegistryTarget & { username?: string; password?: string },
    options?: { username?: string; password?: string },
  ) => { address: string; storedIn: StoredIn };
  /** `known`: whether there was a login. */
  'quayside.registries.logout': (target?: RegistryTarget) => { address: string; known: boolean };
  /** Reads anew what is shown of one registry, or of all. */
  'quayside.registries.refresh': (target?: RegistryTarget) => void;
  /** A row that offers something was clicked: the selected one. */
  'quayside.registries.click': () => void;
  /** Shows a repository that its registry does not list; `name` as in an image's name. Answers its tags. */
  'quayside.registries.openRepository': (
    target?: RegistryTarget & { name?: string },
    options?: { name?: string },
  ) => { repository: string; tags: readonly string[] };
  'quayside.registries.pullTag': (target?: RegistryTarget) => {
    id: string;
    digest: string;
    reference: string;
  };
  /** `what`: `tag` for `name:tag`, `digest` for `name@sha256:…`; answers what the clipboard holds then. */
  'quayside.registries.copyReference': (
    target?: RegistryTarget & { what?: string },
    options?: { what?: string },
  ) => string;
  /** Removes the image from its registry, and with it every tag that names it. */
  'quayside.registries.deleteTag': (
    target?: RegistryTarget & { confirm?: boolean },
    options?: { confirm?: boolean },
  ) => { reference: string; digest: string };
  'quayside.registries.openInBrowser': (target?: RegistryTarget) => string;
  'quayside.buildCache.prune': (options?: PruneOptions) => PruneResult;
  /** Stopped containers, networks without one, dangling images and build cache, as `docker system prune`. */
  'quayside.system.prune': (options?: PruneOptions) => PruneResult;
  /**
   * Opens the planner. With options it shows nothing: it proposes what no rule keeps, and with `confirm` removes exactly
   * that. `kinds`: `containers`, `images`, `volumes`, `buildCache`; `keep` as the planner's rules, `newerThan` in seconds.
   */
  'quayside.system.planPrune': (options?: {
    kinds?: CleanupKind[];
    keep?: Partial<KeepRules>;
    confirm?: boolean;
    dryRun?: boolean;
    engine?: string;
  }) => CleanupResult | undefined;
  'quayside.engines.diskUsage': (options?: { name?: string; show?: boolean }) => DiskUsage;
  /** Those of the past that the engine remembers; from the UI, what comes, in a terminal. */
  'quayside.engines.events': (options?: {
    name?: string;
    since?: string | number;
    until?: string | number;
    show?: boolean;
  }) => AnyEvent[] | undefined;
  /**
   * Removes the containers and networks of a compose project, and with `volumes` its volumes, as `docker compose down`
   * does: by their labels, without its files. `id` is the project's name.
   */
  'quayside.compose.down': (
    target?: TargetObject,
    options?: { volumes?: boolean; confirm?: boolean },
  ) => Outcome;
  /** These read the project's files, so they run `docker compose`, as a task. */
  'quayside.compose.up': (target?: TargetObject, options?: ComposeOptions) => ComposeRun;
  'quayside.compose.pull': (target?: TargetObject, options?: ComposeOptions) => ComposeRun;
  'quayside.compose.build': (target?: TargetObject, options?: ComposeOptions) => ComposeRun;
  'quayside.compose.config': (target?: TargetObject, options?: ComposeOptions) => ComposeRun;
  /** `advertiseAddr`: the address, or the network interface, that other nodes reach the engine by. */
  'quayside.swarm.init': (options?: { advertiseAddr?: string; engine?: string }) => { node: string };
  /** A manager needs `force`; the last one takes the swarm and all its services along. */
  'quayside.swarm.leave': (options?: { force?: boolean; engine?: string }) => { left: true };
  /** Puts the line that makes another engine join into the clipboard, and answers it: its token is a secret. */
  'quayside.swarm.copyJoinCommand': (options?: { as?: 'worker' | 'manager'; engine?: string }) => string;
  'quayside.swarm.services.create': (options?: ServiceOptions & { engine?: string }) => {
    id: string;
    warnings: readonly string[];
  };
  'quayside.swarm.services.scale': (target?: Target, options?: { replicas: number }) => Outcome;
  /** Another image, or with `force` the tasks anew although nothing has changed. */
  'quayside.swarm.services.update': (
    target?: Target,
    options?: { image?: string; force?: boolean },
  ) => Outcome;
  /** Back to what it was before its last update. */
  'quayside.swarm.services.rollback': (target?: Target) => Outcome;
  'quayside.swarm.services.remove': (target?: Target) => Outcome;
  'quayside.swarm.services.inspect': (target?: Target, options?: { show?: boolean }) => unknown;
  'quayside.swarm.services.logs': (
    target?: Target,
    options?: { show?: boolean; tail?: number | 'all'; since?: string | number; timestamps?: boolean },
  ) => Written | Written[] | undefined;
  'quayside.swarm.nodes.inspect': (target?: Target, options?: { show?: boolean }) => unknown;
  'quayside.swarm.nodes.update': (
    target?: Target,
    options?: { availability?: 'active' | 'pause' | 'drain'; role?: 'worker' | 'manager' },
  ) => Outcome;
  'quayside.engines.use': (options?: { name: string | string[] }) => {
    name: string;
    /** All that are shown now. */
    names: string[];
  };
  /** `tls: true` trusts what this computer trusts. */
  'quayside.engines.add': (options?: Omit<AddedEngine, 'tls'> & { tls?: boolean | AddedEngine['tls'] }) => {
    name: string;
  };
  'quayside.engines.forget': (options?: { name: string }) => { name: string };
  'quayside.engines.inspect': (options?: { name?: string; show?: boolean }) => unknown;
  'quayside.engines.reconnect': (options?: { name?: string }) => void;
  'quayside.views.filter': (options?: { text: string }) => void;
  'quayside.views.clearFilter': () => void;
  'quayside.views.groupBy': (options?: { by: 'compose' | 'stack' | 'none' }) => void;
  'quayside.views.refresh': () => void;
  /** A row was clicked; the second click in a row opens a shell. */
  'quayside.views.click': (row?: TargetObject) => unknown;
  /** Type the command that starts the engine into a terminal, for the user to run. */
  'quayside.remedies.startService': () => void;
  /** The same for the command that lets this user use Docker without sudo. */
  'quayside.remedies.joinGroup': () => void;
  /** Offer the engines whose sockets are on this machine, and use the chosen one. */
  'quayside.remedies.useSocket': () => void;
  'quayside.log.show': () => void;
}

export type CommandId = keyof Commands;

export const VIEWS = {
  containers: 'quayside.containers',
  images: 'quayside.images',
  volumes: 'quayside.volumes',
  networks: 'quayside.networks',
  registries: 'quayside.registries',
  swarm: 'quayside.swarm',
} as const;

/** Types of tasks, as tasks.json names them. */
export const TASK_TYPES = { build: 'quayside-build' } as const;

/** Context keys that `when` clauses of the manifest read; each has one owner. */
export const CONTEXT_KEYS = {
  /** `idle`, `starting`, `connected`, the kind of error that makes the first shown engine unavailable, or `none` shown. */
  engine: 'quayside.engine',
  /** Where that engine is: `remote`, or on this machine, as `process.platform` names it. */
  place: 'quayside.place',
  /** Whether this machine has an engine that could be started. */
  installed: 'quayside.installed',
  /** Whether a filter narrows the trees. */
  filtered: 'quayside.filtered',
  /** Whether the connected engine has nothing to show in the view (`<view>.empty`); not so while nobody knows yet. */
  containersEmpty: 'quayside.containers.empty',
  imagesEmpty: 'quayside.images.empty',
  volumesEmpty: 'quayside.volumes.empty',
  networksEmpty: 'quayside.networks.empty',
  /** Whether a shown engine manages a swarm. */
  swarm: 'quayside.swarm',
} as const;

/** Settings under `quayside.`. */
export interface Settings {
  /** Address or context name of the engine to show; empty: as the docker CLI chooses. */
  host: string;
  /** Engines besides the Docker contexts. */
  engines: readonly AddedEngine[];
  /** How the Containers view is grouped. */
  'containers.groupBy': 'compose' | 'stack' | 'none';
  /** Whether the status bar shows the engine and its containers. */
  statusBar: boolean;
  /** Which unexpected ends of containers are told. */
  /** By name. */
  runProfiles: Readonly<Record<string, RunSpec>>;
  notifyExits: 'off' | 'errors' | 'all';
  /** Whether Dockerfiles are checked; `auto` leaves out what another extension that is there already says. */
  'dockerfile.diagnostics': 'auto' | 'on' | 'off';
  /** Whether the language features answer; `auto` leaves out what would show twice beside another extension. */
  'dockerfile.language': 'auto' | 'on' | 'off';
  /** Whether there are links above stages and ports. */
  'dockerfile.codeLens': boolean;
  /** How much each rule counts. */
  'dockerfile.rules': Readonly<Record<string, 'error' | 'warning' | 'information' | 'hint' | 'off'>>;
  /** Addresses of registries that the Registries view shows besides those with a login. */
  registries: readonly string[];
  /** Files with CAs that registries are trusted by, besides Docker's own. */
  registryCertificates: readonly string[];
  /** What shows the logs of containers. */
  'logs.view': 'panel' | 'terminal';
}

/** What is kept with the workspace, besides settings. */
export const STATE_KEYS = {
  /** Names of the engines to show (`string[]`); empty to follow the docker CLI's choice. After a change: `Engines.refresh()`. */
  chosenEngines: 'quayside.engines.chosen',
  /** The views' filter (`string`); set through `ViewController.setFilter`. */
  filter: 'quayside.views.filter',
  /** The last runs of the form, youngest first (`RunSpec[]`). */
  lastRuns: 'quayside.run.last',
  /** Repositories that were opened by name (`string[]`, as in images' names). */
  openedRepositories: 'quayside.registries.opened',
  /** The image of the last shell beside a container (`string`). */
  debugImage: 'quayside.debug.image',
  /** The last tag that an image of each Dockerfile was given (`Record<string, string>`, by the Dockerfile's URI). */
  buildTags: 'quayside.build.tags',
  /** What the last build of each Dockerfile was told, by its URI. */
  builds: 'quayside.build.last',
} as const;
