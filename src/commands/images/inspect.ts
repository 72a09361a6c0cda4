import * as vscode from 'vscode';
import { showDocument } from '../documents/show';
import { answerEach } from '../each';
import type { Handler } from '../deps';
import { imagesOf } from '../target';

export const inspect: Handler<'quayside.images.inspect'> = async (context, target, options = {}) => {
  const refs = await imagesOf(context, target, {
    title: vscode.l10n.t('Inspect which images?'),
    none: vscode.l10n.t('There is no image.'),
  });
  return answerEach(target, refs, async ({ engine, id, name }) => {
    const inspected = await engine.images.inspect(id);
    if (options.show !== false)
      await showDocument({ kind: 'image', engine: engine.name, id }, `${name}.json`);
    return inspected;
  });
};
