import * as vscode from 'vscode';
import { showDocument } from '../documents/show';
import { answerEach } from '../each';
import type { Handler } from '../deps';
import { containersOf } from '../target';

/** What a container has changed of the files of its image. */
export const diff: Handler<'quayside.containers.diff'> = async (context, target, options = {}) => {
  const refs = await containersOf(context, target, {
    title: vscode.l10n.t('Show the changed files of which containers?'),
    none: vscode.l10n.t('There is no container.'),
  });
  return answerEach(target, refs, async ({ engine, id, name }) => {
    const changes = await engine.files.diff(id);
    const subject = { kind: 'changes', engine: engine.name, id } as const;
    if (options.show !== false) await showDocument(subject, vscode.l10n.t('Changed Files of {0}', name));
    return changes;
  });
};
