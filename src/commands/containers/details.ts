import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { answerEach } from '../each';
import { containersOf } from '../target';

/** Opens a panel for each: what it is, what it uses, what runs in it, what it changed. */
export const details: Handler<'quayside.containers.details'> = async (context, target, options = {}) => {
  const refs = await containersOf(context, target, {
    title: vscode.l10n.t('Show the details of which containers?'),
    none: vscode.l10n.t('There is no container.'),
  });
  const loading = import('../../panels/details');
  return answerEach(target, refs, async ({ engine, id }) => {
    const inspected = await engine.containers.inspect(id);
    const full = String(inspected['Id']);
    const name = String(inspected['Name']).replace(/^\//, '');
    const { showDetails } = await loading;
    showDetails(context, { engine: engine.name, id: full, name }, { inspected, tab: options.tab });
    return { id: full };
  });
};
