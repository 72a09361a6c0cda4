import { CONTEXT_KEYS, VIEWS } from '../ids';
import type { ViewDeps } from './containersView';
import { imageTree } from './imageTree';
import { LiveTree } from './liveTree';

/** Containers are watched beside the images: they tell which image is in use. */
export function imagesView({ look, ...deps }: ViewDeps): LiveTree {
  const build = (): ReturnType<typeof imageTree> =>
    imageTree(
      deps.engines.shown.map(({ name, model }) => ({
        engine: name,
        state: model.state,
        images: model.images.items.values(),
        containers: model.containers.items.values(),
      })),
      { ...look(), now: Date.now() },
    );
  return new LiveTree({
    ...deps,
    id: VIEWS.images,
    emptyKey: CONTEXT_KEYS.imagesEmpty,
    kinds: ['images', 'containers'],
    build,
  });
}
