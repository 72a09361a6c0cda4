import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { isUp } from '../listing';
import { onContainers } from './onContainers';

export const stop: Handler<'quayside.containers.stop'> = (context, target, options = {}) =>
  onContainers(context, target, {
    question: {
      title: vscode.l10n.t('Stop which containers?'),
      none: vscode.l10n.t('No container is running.'),
      eligible: isUp,
    },
    doing: (what) => vscode.l10n.t('Stopping {0}', what),
    failing: (what) => vscode.l10n.t('Could not stop {0}.', what),
    work: ({ engine }, id, signal) => engine.containers.stop(id, options, signal),
  });
