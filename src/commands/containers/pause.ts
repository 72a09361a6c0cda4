import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { isRunning } from '../listing';
import { onContainers } from './onContainers';

export const pause: Handler<'quayside.containers.pause'> = (context, target) =>
  onContainers(context, target, {
    question: {
      title: vscode.l10n.t('Pause which containers?'),
      none: vscode.l10n.t('No container is running.'),
      eligible: isRunning,
    },
    doing: (what) => vscode.l10n.t('Pausing {0}', what),
    failing: (what) => vscode.l10n.t('Could not pause {0}.', what),
    work: ({ engine }, id, signal) => engine.containers.pause(id, signal),
  });
