import * as vscode from 'vscode';
import { showDocument } from '../documents/show';
import { answerEach } from '../each';
import type { Handler } from '../deps';
import { imagesOf } from '../target';

export const history: Handler<'quayside.images.history'> = async (context, target, options = {}) => {
  const refs = await imagesOf(context, target, {
    title: vscode.l10n.t('Show the history of which images?'),
    none: vscode.l10n.t('There is no image.'),
  });
  return answerEach(target, refs, async ({ engine, id, name }) => {
    const rows = await engine.images.history(id);
    const subject = { kind: 'history', engine: engine.name, id } as const;
    if (options.show !== false) await showDocument(subject, vscode.l10n.t('History of {0}', name));
    return rows;
  });
};
