import { parseRegistry } from '../../engine/registry/address';
import type { Handler } from '../deps';

/** Asks anew what is shown: of the row's registry, else of all. */
export const refresh: Handler<'quayside.registries.refresh'> = (context, target) => {
  const [node] = context.onRows ? context.nodes : [];
  const row = node && ('registry' in node ? node.registry : node.kind === 'registry' ? node.id : undefined);
  const address = target?.address ?? target?.id ?? row;
  context.registries.forget(address === undefined ? undefined : parseRegistry(address).host);
  return Promise.resolve();
};
