import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { onContainers } from './onContainers';

export const unpause: Handler<'quayside.containers.unpause'> = (context, target) =>
  onContainers(context, target, {
    question: {
      title: vscode.l10n.t('Unpause which containers?'),
      none: vscode.l10n.t('No container is paused.'),
      eligible: ({ state }) => state === 'paused',
    },
    doing: (what) => vscode.l10n.t('Unpausing {0}', what),
    failing: (what) => vscode.l10n.t('Could not unpause {0}.', what),
    work: ({ engine }, id, signal) => engine.containers.unpause(id, signal),
  });
