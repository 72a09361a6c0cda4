import * as vscode from 'vscode';
import { showDocument } from '../documents/show';
import type { Handler } from '../deps';
import { answerEach } from '../each';
import { withProgress } from '../progress';
import { nodesOf } from './targets';

export const inspectNode: Handler<'quayside.swarm.nodes.inspect'> = async (context, target, options = {}) => {
  const refs = await nodesOf(context, target, { title: vscode.l10n.t('Inspect which nodes?') });
  return answerEach(target, refs, async ({ engine, id, name }) => {
    const inspected = await withProgress(vscode.l10n.t('Inspecting {0}', name), (signal) =>
      engine.swarm.nodes.inspect(id, signal),
    );
    if (options.show !== false)
      await showDocument({ kind: 'swarmNode', engine: engine.name, id }, `${name}.json`);
    return inspected;
  });
};
