import * as vscode from 'vscode';
import { confirm, nameLines } from '../confirm';
import type { Handler } from '../deps';
import { onNetworks } from './onNetworks';

export const remove: Handler<'quayside.networks.remove'> = (context, target) =>
  onNetworks(
    context,
    target,
    {
      title: vscode.l10n.t('Remove which networks?'),
      none: vscode.l10n.t('There is no network that could be removed.'),
      eligible: ({ predefined }) => !predefined,
    },
    {
      doing: (what) => vscode.l10n.t('Removing {0}', what),
      failing: (what) => vscode.l10n.t('Could not remove {0}.', what),
      work: ({ engine }, id, signal) => engine.networks.remove(id, signal),
    },
    (refs) =>
      confirm(
        vscode.l10n.t('Remove these networks?'),
        nameLines(refs.map(({ name }) => name)),
        vscode.l10n.t('Remove'),
      ),
  );
