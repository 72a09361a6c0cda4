import type { Handler } from '../deps';

export const refresh: Handler<'quayside.views.refresh'> = async ({ views }) => {
  await views.refresh();
};
