import * as vscode from 'vscode';
import { showDocument } from '../documents/show';
import type { Handler } from '../deps';
import { answerEach } from '../each';
import { withProgress } from '../progress';
import { servicesOf } from './targets';

export const inspect: Handler<'quayside.swarm.services.inspect'> = async (context, target, options = {}) => {
  const refs = await servicesOf(context, target, { title: vscode.l10n.t('Inspect which services?') });
  return answerEach(target, refs, async ({ engine, id, name }) => {
    const inspected = await withProgress(vscode.l10n.t('Inspecting {0}', name), (signal) =>
      engine.swarm.services.inspect(id, signal),
    );
    if (options.show !== false)
      await showDocument({ kind: 'service', engine: engine.name, id }, `${name}.json`);
    return inspected;
  });
};
