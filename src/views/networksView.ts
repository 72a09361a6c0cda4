import { CONTEXT_KEYS, VIEWS } from '../ids';
import { Aliases } from './aliases';
import type { ViewDeps } from './containersView';
import { LiveTree } from './liveTree';
import { networkTree } from './networkTree';

/** Containers are watched beside the networks: they tell what is connected, and with which address. */
export function networksView({ look, ...deps }: ViewDeps): LiveTree {
  const aliases = new Aliases(() => tree.update());
  const build = (): ReturnType<typeof networkTree> =>
    networkTree(
      deps.engines.shown.map((engine) => ({
        engine: engine.name,
        state: engine.model.state,
        networks: engine.model.networks.items.values(),
        containers: engine.model.containers.items.values(),
        aliases: aliases.reader(engine),
      })),
      look(),
    );
  const tree = new LiveTree({
    ...deps,
    id: VIEWS.networks,
    emptyKey: CONTEXT_KEYS.networksEmpty,
    kinds: ['networks', 'containers'],
    build,
    opened: (node) => {
      if (node.kind === 'network') aliases.open(node.id);
    },
  });
  return tree;
}
