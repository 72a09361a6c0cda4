import { eventTerminal } from '../../terminals/eventTerminal';
import type { Handler } from '../deps';
import { engineOf } from '../target';
import { openTerminal } from '../terminal';

/** As `docker events`: followed in a terminal, or those of a span of time as a value. */
export const events: Handler<'quayside.engines.events'> = async (context, options = {}) => {
  const engine = engineOf(context, options.name);
  const { since, until, show } = options;
  const range = { ...(since === undefined ? {} : { since: String(since) }) };
  if (show !== false) {
    openTerminal(eventTerminal(engine, range));
    return undefined;
  }
  const told = [];
  const end = until === undefined ? (Date.now() / 1000).toFixed(3) : String(until);
  for await (const event of engine.system.events({ ...range, until: end })) told.push(event);
  return told;
};
