import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { onContainers } from './onContainers';

export const restart: Handler<'quayside.containers.restart'> = (context, target, options = {}) =>
  onContainers(context, target, {
    question: {
      title: vscode.l10n.t('Restart which containers?'),
      none: vscode.l10n.t('There is no container.'),
    },
    doing: (what) => vscode.l10n.t('Restarting {0}', what),
    failing: (what) => vscode.l10n.t('Could not restart {0}.', what),
    work: ({ engine }, id, signal) => engine.containers.restart(id, options, signal),
  });
