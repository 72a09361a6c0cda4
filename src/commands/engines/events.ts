import * as vscode from 'vscode';
import { eventTerminal } from '../../terminals/eventTerminal';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { engineOf } from '../target';
import { openTerminal } from '../terminal';

/** As `docker events`: followed in a terminal, or those of a span of time as a value. */
export const events: Handler<'quayside.engines.events'> = async (context, options = {}) => {
  const engine = engineOf(context, options.name);
  const { since, until, show } = options;
  const range = {
    ...(since === undefined ? {} : { since: String(since) }),
    ...(until === undefined ? {} : { until: String(until) }),
  };
  if (show !== false) {
    openTerminal(eventTerminal(engine, range));
    return undefined;
  }
  // Without a beginning all that the engine remembers, without an end what has happened until now.
  const span = { since: '0', until: (Date.now() / 1000).toFixed(3), ...range };
  return withProgress(vscode.l10n.t('Reading events'), async (signal) => {
    const told = [];
    for await (const event of engine.system.events(span, signal)) told.push(event);
    return told;
  });
};
