import * as vscode from 'vscode';
import { confirm, nameLines } from '../confirm';
import type { Handler } from '../deps';
import { onServices } from './onServices';

export const remove: Handler<'quayside.swarm.services.remove'> = (context, target) =>
  onServices(
    context,
    target,
    { title: vscode.l10n.t('Remove which services?') },
    {
      doing: (what) => vscode.l10n.t('Removing {0}', what),
      failing: (what) => vscode.l10n.t('Could not remove {0}.', what),
      work: ({ engine }, id, signal) => engine.swarm.services.remove(id, signal),
    },
    (refs) =>
      confirm(
        vscode.l10n.t('Remove these services, with all their tasks?'),
        nameLines(refs.map(({ name }) => name)),
        vscode.l10n.t('Remove'),
      ),
  );
