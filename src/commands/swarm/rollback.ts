import * as vscode from 'vscode';
import { confirm, nameLines } from '../confirm';
import type { Handler } from '../deps';
import { onServices } from './onServices';

/** Back to what it was before its last update. */
export const rollback: Handler<'quayside.swarm.services.rollback'> = (context, target) =>
  onServices(
    context,
    target,
    { title: vscode.l10n.t('Roll back which services?') },
    {
      doing: (what) => vscode.l10n.t('Rolling back {0}', what),
      failing: (what) => vscode.l10n.t('Could not roll back {0}.', what),
      work: ({ engine }, id, signal) => engine.swarm.services.rollback(id, signal),
    },
    (refs) =>
      confirm(
        vscode.l10n.t('Take back the last update of these services?'),
        nameLines(refs.map(({ name }) => name)),
        vscode.l10n.t('Roll Back'),
      ),
  );
