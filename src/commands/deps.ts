import type * as vscode from 'vscode';
import type { Engines } from '../engine/engines';
import type { Registries } from '../engine/registry/registries';
import type { CommandId, Commands, VIEWS } from '../ids';
import type { FileNode, Node, RegistryNoticeNode } from '../views/nodes';
import type { FindLines } from '../panels/lens/lines';
import type { Call } from './call';

/** What commands may do to the views; everything else reaches them by the engine's own events. */
export interface ViewActions {
  /** The rows that are selected in a view. */
  selectionIn(view: keyof typeof VIEWS): Promise<readonly Node[]>;
  /** The filter in force; empty when there is none. */
  readonly filter: string;
  setFilter(text: string): unknown;
  clearFilter(): unknown;
  groupBy(by: 'compose' | 'stack' | 'none'): unknown;
  /** Show a file of a container in its place in the tree. */
  revealFile(node: FileNode): Promise<void>;
  /** Read the files of one container that are shown anew, or of all. */
  refreshFiles(id?: string): unknown;
  /** Show these sizes (bytes by name) of an engine's volumes from now on. */
  showVolumeSizes(engine: string, sizes: ReadonlyMap<string, number>): unknown;
  /** Show a repository of a registry, by its name in images, in its place. */
  revealRepository(name: string): Promise<void>;
  /** Show more of what a row in the Registries view stands for. */
  showMoreOf(row: RegistryNoticeNode): Promise<void>;
  /** An engine has made a swarm, or left one. */
  swarmChanged(): unknown;
  /** Ask the engines anew for everything that is shown. */
  refresh(): unknown;
}

export interface CommandDeps {
  readonly engines: Engines;
  readonly registries: Registries;
  readonly views: ViewActions;
  /** Kept with the workspace. */
  readonly state: vscode.Memento;
  /** Kept with the user. */
  readonly global: vscode.Memento;
  readonly log: vscode.LogOutputChannel;
  readonly extensionUri: vscode.Uri;
  /** Where the instructions of an image stand in Dockerfiles of the workspace. */
  readonly findLines: FindLines;
}

/** What a handler knows besides its arguments: the parts of the extension, and how it was called. */
export type Context = CommandDeps & Omit<Call, 'args'>;

/** The work of one command; its arguments and its answer are those of `ids.ts`. */
export type Handler<Id extends CommandId> = (
  context: Context,
  ...args: Parameters<Commands[Id]>
) => Promise<ReturnType<Commands[Id]>>;
