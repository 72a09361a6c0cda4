import * as vscode from 'vscode';
import { showDocument } from '../documents/show';
import type { Handler } from '../deps';
import { answerEach } from '../each';
import { withProgress } from '../progress';
import { networksOf } from '../target';

export const inspect: Handler<'quayside.networks.inspect'> = async (context, target, options = {}) => {
  const refs = await networksOf(context, target, {
    title: vscode.l10n.t('Inspect which networks?'),
    none: vscode.l10n.t('There is no network.'),
  });
  return answerEach(target, refs, async ({ engine, id, name }) => {
    const inspected = await withProgress(vscode.l10n.t('Inspecting {0}', name), (signal) =>
      engine.networks.inspect(id, signal),
    );
    if (options.show !== false)
      await showDocument({ kind: 'network', engine: engine.name, id }, `${name}.json`);
    return inspected;
  });
};
