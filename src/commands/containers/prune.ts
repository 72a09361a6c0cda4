import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { prune } from '../prune';

export const pruneContainers: Handler<'quayside.containers.prune'> = (context, options) =>
  prune(context, 'containers', options, {
    looking: vscode.l10n.t('Looking for stopped containers'),
    none: vscode.l10n.t('There is no stopped container.'),
    question: vscode.l10n.t('Remove these stopped containers?'),
    removing: vscode.l10n.t('Removing stopped containers'),
    done: (count) => vscode.l10n.t('Stopped containers removed: {0}.', count),
  });
