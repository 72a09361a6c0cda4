import { setTimeout as wait } from 'node:timers/promises';
import {
  commands,
  ConfigurationTarget,
  l10n,
  workspace,
  type LogOutputChannel,
  type Memento,
  type TreeView,
} from 'vscode';
import { DisposableStore, type Disposable } from '../engine/emitter';
import type { Engines } from '../engine/engines';
import type { Registries } from '../engine/registry/registries';
import { CONTEXT_KEYS, STATE_KEYS, type Settings, type VIEWS } from '../ids';
import { containersView, type ViewDeps } from './containersView';
import { EngineContext } from './engineContext';
import { EngineFacts } from './engineFacts';
import { ExitNotices } from './exitNotices';
import { parseFilter } from './filter';
import { imagesView } from './imagesView';
import type { FileNode, GroupBy, Node, RegistryNoticeNode } from './nodes';
import { networksView } from './networksView';
import { RegistriesView } from './registriesView';
import { SwarmView } from './swarmView';
import { volumesView, type VolumeSizes } from './volumesView';
import { StatusBar } from './statusBar';
import { sentenceText } from './words';

export interface ViewsDeps {
  readonly engines: Engines;
  readonly registries: Registries;
  /** Kept with the workspace. */
  readonly state: Memento;
  readonly log: LogOutputChannel;
}

/** What commands may do to the views; everything else reaches them by the engine's own events. */
export interface ViewController extends Disposable {
  /** The rows that are selected in a view. */
  selectionIn(view: keyof typeof VIEWS): Promise<readonly Node[]>;
  /** The filter in force; empty when there is none. */
  readonly filter: string;
  /** Narrow all trees at once; see `filter.ts` for the terms. Kept with the workspace. */
  setFilter(text: string): void;
  clearFilter(): void;
  /** Kept as the setting `quayside.containers.groupBy`. */
  groupBy(by: GroupBy): void;
  /** Show a file of a container in its place in the tree. */
  revealFile(node: FileNode): Promise<void>;
  /** Read the files of one container that are shown anew, or of all. */
  refreshFiles(id?: string): void;
  /** Show these sizes (bytes by name) of an engine's volumes from now on. */
  showVolumeSizes(engine: string, sizes: ReadonlyMap<string, number>): void;
  /** Show a repository of a registry, by its name in images, in its place. */
  revealRepository(name: string): Promise<void>;
  /** Show more of what a row in the Registries view stands for. */
  showMoreOf(row: RegistryNoticeNode): Promise<void>;
  /** An engine has made a swarm, or left one. */
  swarmChanged(): void;
  /** Ask the shown engines anew for everything. */
  refresh(): void;
}

/** Makes the trees and the status bar item, which live until the result is disposed. */
export function registerViews({ engines, registries: clients, state, log }: ViewsDeps): ViewController {
  const store = new DisposableStore();
  const facts = new EngineFacts();
  let filter = state.get(STATE_KEYS.filter, '');
  let look = { filter: parseFilter(filter), groupBy: setting('containers.groupBy') };

  store.add(new EngineContext(engines));
  const describe = (): string => (filter === '' ? reasonOf(engines) : l10n.t('filter: {0}', filter));
  const deps: ViewDeps = { engines, state, facts, look: () => look, describe };
  const containers = store.add(containersView(deps));
  const images = store.add(imagesView(deps));
  const sizes: VolumeSizes = new Map();
  const volumes = store.add(volumesView(deps, sizes));
  const networks = store.add(networksView(deps));
  const trees = [containers, images, volumes, networks];
  const registries = store.add(new RegistriesView(engines, clients, state));
  const swarm = store.add(new SwarmView(engines, state));
  const failed = (error: unknown): void => log.error(error instanceof Error ? error : String(error));

  const showFilter = (): void => {
    void commands.executeCommand('setContext', CONTEXT_KEYS.filtered, filter !== '');
  };
  const setFilter = (text: string): void => {
    filter = text.trim();
    look = { ...look, filter: parseFilter(filter) };
    showFilter();
    for (const tree of trees) tree.update();
    state.update(STATE_KEYS.filter, filter).then(undefined, failed);
  };
  const groupBy = (by: GroupBy): void => {
    if (by === look.groupBy) return;
    look = { ...look, groupBy: by };
    for (const tree of trees) tree.update();
  };

  let statusBar: Disposable | undefined;
  const showStatusBar = (): void => {
    if (setting('statusBar')) statusBar ??= new StatusBar(engines, facts);
    else {
      statusBar?.dispose();
      statusBar = undefined;
    }
  };
  store.add({ dispose: () => statusBar?.dispose() });
  store.add(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('quayside.statusBar')) showStatusBar();
      if (event.affectsConfiguration('quayside.containers.groupBy')) groupBy(setting('containers.groupBy'));
      if (event.affectsConfiguration('quayside.registries')) registries.update();
    }),
  );
  store.add(new ExitNotices(engines, log));
  showFilter();
  showStatusBar();

  return {
    selectionIn: (name) => settled({ containers, images, volumes, networks, registries, swarm }[name].view),
    get filter() {
      return filter;
    },
    setFilter,
    clearFilter: () => setFilter(''),
    groupBy: (by) => {
      groupBy(by);
      keepGrouping(by).catch(failed);
    },
    revealFile: (node) => containers.reveal(node),
    refreshFiles: (id) => containers.refreshFiles(id),
    showVolumeSizes: (engine, known) => {
      sizes.set(engine, known);
      volumes.update();
    },
    revealRepository: (name) => registries.reveal(name),
    showMoreOf: (row) => registries.showMore(row),
    swarmChanged: () => swarm.update(),
    refresh: () => {
      containers.refreshFiles();
      // Whether there is a swarm is asked with the new connection.
      swarm.reload();
      for (const engine of engines.shown) engine.reconnect();
    },
    dispose: () => store.dispose(),
  };
}

function setting<Key extends keyof Settings>(key: Key): Settings[Key] {
  return workspace.getConfiguration('quayside').get(key) as Settings[Key];
}

/** Why the only shown engine cannot be reached: what the view can do about it says nothing of that. */
function reasonOf({ shown: [engine, another] }: Engines): string {
  const state = engine?.model.state;
  return state?.kind === 'unavailable' && !another ? sentenceText(state.error.sentence) : '';
}

/** Where the user has set it already, so that the choice is not hidden by a narrower one. */
async function keepGrouping(by: GroupBy): Promise<void> {
  const settings = workspace.getConfiguration('quayside');
  const key = 'containers.groupBy' satisfies keyof Settings;
  const here = settings.inspect(key)?.workspaceValue !== undefined;
  await settings.update(key, by, here ? ConfigurationTarget.Workspace : ConfigurationTarget.Global);
}

/** ms; rows that are painted anew are there again long before. */
const PAINTED = 500;

/** What is selected. While rows are painted anew VS Code knows none of them, so none may only mean: in a moment. */
async function settled(view: TreeView<Node>): Promise<readonly Node[]> {
  const end = Date.now() + PAINTED;
  while (view.selection.length === 0 && Date.now() < end) await wait(25);
  return view.selection;
}
