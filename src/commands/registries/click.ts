import type { Context, Handler } from '../deps';
import { login } from './login';
import { openRepository } from './openRepository';
import { refresh } from './refresh';

/** Does what the selected row offers. */
export const click: Handler<'quayside.registries.click'> = async (context) => {
  const [row] = await context.views.selectionIn('registries');
  if (row?.kind !== 'registryNotice') return;
  const onRow: Context = { ...context, fromUi: true, nodes: [row], onRows: true };
  switch (row.what) {
    case 'login':
      await login(onRow);
      break;
    case 'open':
      await openRepository(onRow);
      break;
    case 'retry':
      await refresh(onRow);
      break;
    case 'more':
      await context.views.showMoreOf(row);
      break;
    case 'said':
      break;
  }
};
