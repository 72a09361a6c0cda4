import * as vscode from 'vscode';
import { showDocument } from '../documents/show';
import { answerEach } from '../each';
import type { Handler } from '../deps';
import { isRunning } from '../listing';
import { containersOf } from '../target';

export const top: Handler<'quayside.containers.top'> = async (context, target, options = {}) => {
  const refs = await containersOf(context, target, {
    title: vscode.l10n.t('Show the processes of which containers?'),
    none: vscode.l10n.t('No container is running.'),
    eligible: isRunning,
  });
  const asked = options.args === undefined ? {} : { args: options.args };
  return answerEach(target, refs, async ({ engine, id, name }) => {
    const processes = await engine.containers.top(id, asked);
    const subject = { kind: 'top', engine: engine.name, id, ...asked } as const;
    if (options.show !== false) await showDocument(subject, vscode.l10n.t('Processes of {0}', name));
    return processes;
  });
};
