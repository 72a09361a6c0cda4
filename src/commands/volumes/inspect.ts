import * as vscode from 'vscode';
import { showDocument } from '../documents/show';
import type { Handler } from '../deps';
import { answerEach } from '../each';
import { withProgress } from '../progress';
import { volumesOf } from '../target';

export const inspect: Handler<'quayside.volumes.inspect'> = async (context, target, options = {}) => {
  const refs = await volumesOf(context, target, {
    title: vscode.l10n.t('Inspect which volumes?'),
    none: vscode.l10n.t('There is no volume.'),
  });
  return answerEach(target, refs, async ({ engine, id, name }) => {
    const inspected = await withProgress(vscode.l10n.t('Inspecting {0}', name), (signal) =>
      engine.volumes.inspect(id, signal),
    );
    if (options.show !== false)
      await showDocument({ kind: 'volume', engine: engine.name, id }, `${name}.json`);
    return inspected;
  });
};
