import type { Handler } from '../deps';

export const clearFilter: Handler<'quayside.views.clearFilter'> = async ({ views }) => {
  await views.clearFilter();
};
