import type { Memento } from 'vscode';
import type { Engines } from '../engine/engines';
import { CONTEXT_KEYS, VIEWS } from '../ids';
import { containerTree } from './containerTree';
import type { EngineFacts } from './engineFacts';
import type { Filter } from './filter';
import { fileDragAndDrop } from './fileDragAndDrop';
import { LiveTree, type LiveTreeOptions } from './liveTree';
import type { GroupBy } from './nodes';
import { SteadyAges } from './steadyAges';

/** How the views are to be shown, as it is now. */
export interface Look {
  readonly filter: Filter;
  readonly groupBy: GroupBy;
}

export interface ViewDeps {
  readonly engines: Engines;
  /** Kept with the workspace. */
  readonly state: Memento;
  readonly facts: EngineFacts;
  readonly look: () => Look;
  readonly describe: () => string;
}

export function containersView({ look, ...deps }: ViewDeps): LiveTree {
  const ages = new SteadyAges();
  const build: LiveTreeOptions['build'] = (isUnfolded) =>
    containerTree(
      deps.engines.shown.map(({ name, model }) => ({
        engine: name,
        state: model.state,
        containers: model.containers.items.values(),
      })),
      { ...look(), now: Date.now(), nowFor: (node) => ages.now(node.id, isUnfolded(node)) },
    );
  return new LiveTree({
    ...deps,
    id: VIEWS.containers,
    emptyKey: CONTEXT_KEYS.containersEmpty,
    kinds: ['containers'],
    dragAndDrop: fileDragAndDrop,
    build,
  });
}
