import * as vscode from 'vscode';
import { exitReport } from '../documents/exitReport';
import { showDocument } from '../documents/show';
import type { Handler } from '../deps';
import { answerEach } from '../each';
import { containersOf } from '../target';

export const showExit: Handler<'quayside.containers.showExit'> = async (context, target, options = {}) => {
  const refs = await containersOf(context, target, {
    title: vscode.l10n.t('Show why which containers ended?'),
    none: vscode.l10n.t('No container has ended.'),
    eligible: ({ state }) => state === 'exited' || state === 'dead' || state === 'restarting',
  });
  return answerEach(target, refs, async ({ engine, id, name }) => {
    const report = await exitReport(engine, id);
    const subject = { kind: 'exit', engine: engine.name, id } as const;
    if (options.show !== false) await showDocument(subject, vscode.l10n.t('Why {0} ended', name));
    return report;
  });
};
