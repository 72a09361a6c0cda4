import { CONTEXT_KEYS, VIEWS } from '../ids';
import type { ViewDeps } from './containersView';
import { LiveTree } from './liveTree';
import { volumeTree } from './volumeTree';

/** Bytes of the volumes of each engine, by their names. */
export type VolumeSizes = Map<string, ReadonlyMap<string, number>>;

const NONE: ReadonlyMap<string, number> = new Map();

/** Containers are watched beside the volumes: they tell which is in use. */
export function volumesView({ look, ...deps }: ViewDeps, sizes: VolumeSizes): LiveTree {
  const build = (): ReturnType<typeof volumeTree> =>
    volumeTree(
      deps.engines.shown.map(({ name, model }) => ({
        engine: name,
        state: model.state,
        volumes: model.volumes.items.values(),
        containers: model.containers.items.values(),
        sizes: sizes.get(name) ?? NONE,
      })),
      { ...look(), now: Date.now() },
    );
  return new LiveTree({
    ...deps,
    id: VIEWS.volumes,
    emptyKey: CONTEXT_KEYS.volumesEmpty,
    kinds: ['volumes', 'containers'],
    build,
  });
}
