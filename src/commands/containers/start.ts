import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { onContainers } from './onContainers';

export const start: Handler<'quayside.containers.start'> = (context, target) =>
  onContainers(context, target, {
    question: {
      title: vscode.l10n.t('Start which containers?'),
      none: vscode.l10n.t('No container is stopped.'),
      eligible: ({ state }) => ['created', 'exited', 'paused', 'dead'].includes(state),
    },
    doing: (what) => vscode.l10n.t('Starting {0}', what),
    failing: (what) => vscode.l10n.t('Could not start {0}.', what),
    work: ({ engine }, id, signal) => engine.containers.start(id, {}, signal),
  });
