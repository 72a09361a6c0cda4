import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { prune } from '../prune';

export const pruneNetworks: Handler<'quayside.networks.prune'> = (context, options) =>
  prune(context, 'networks', options, {
    looking: vscode.l10n.t('Looking for unused networks'),
    none: vscode.l10n.t('Every network is in use.'),
    question: vscode.l10n.t('Remove these networks?'),
    removing: vscode.l10n.t('Removing networks'),
    done: (count) => vscode.l10n.t('Networks removed: {0}.', count),
  });
