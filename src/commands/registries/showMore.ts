import type { Handler } from '../deps';

export const showMore: Handler<'quayside.registries.showMore'> = async (context) => {
  const [row] = context.nodes;
  if (row?.kind === 'registryNotice') await context.views.showMoreOf(row);
};
