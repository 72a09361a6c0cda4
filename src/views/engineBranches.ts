import type { ModelState } from '../engine/model/liveModel';
import type { Branch, EngineRow, Tree } from './rows';

/** What of one engine a tree is made of. */
export interface EngineSource {
  readonly engine: string;
  readonly state: ModelState;
}

/**
 * The trees of several engines as one: one engine needs no row of its own, and of several each is a root. An engine that
 * cannot be reached has nothing under it.
 */
export function underEngines<S extends EngineSource>(
  sources: readonly S[],
  build: (source: S) => Tree,
): Tree {
  const trees = sources.map((source) =>
    source.state.kind === 'unavailable' ? { branches: [], holds: Infinity } : build(source),
  );
  const [only] = trees;
  if (trees.length === 1 && only) return only;
  return {
    branches: sources.map((source, index): Branch => ({
      node: { kind: 'engine', engine: source.engine },
      row: engineRow(source),
      children: trees[index]?.branches ?? [],
    })),
    holds: Math.min(Infinity, ...trees.map(({ holds }) => holds)),
  };
}

function engineRow({ engine, state }: EngineSource): EngineRow {
  const reason = state.kind === 'unavailable' ? { reason: state.error.sentence } : {};
  return { kind: 'engine', name: engine, state: state.kind, ...reason };
}
