import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { prune } from '../prune';

export const pruneVolumes: Handler<'quayside.volumes.prune'> = (context, options) =>
  prune(context, 'volumes', options, {
    looking: vscode.l10n.t('Looking for unused volumes'),
    none: vscode.l10n.t('There is no unused anonymous volume.'),
    question: vscode.l10n.t('Remove these volumes, with all they hold?'),
    removing: vscode.l10n.t('Removing volumes'),
    done: (count) => vscode.l10n.t('Volumes removed: {0}.', count),
  });
