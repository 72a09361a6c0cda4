import type { Handler } from '../deps';
import { engineOf } from '../target';

/** Drops the connection and makes it anew; of all shown engines when none is named. */
export const reconnect: Handler<'quayside.engines.reconnect'> = async (context, options) => {
  const all = options?.name === undefined && context.nodes.length === 0;
  const engines = all ? context.engines.shown : [engineOf(context, options?.name)];
  await context.engines.refresh();
  for (const engine of engines) engine.reconnect();
};
