import * as vscode from 'vscode';
import { showDocument } from '../documents/show';
import { answerEach } from '../each';
import type { Handler } from '../deps';
import { containersOf } from '../target';

export const inspect: Handler<'quayside.containers.inspect'> = async (context, target, options = {}) => {
  const refs = await containersOf(context, target, {
    title: vscode.l10n.t('Inspect which containers?'),
    none: vscode.l10n.t('There is no container.'),
  });
  return answerEach(target, refs, async ({ engine, id }) => {
    const inspected = await engine.containers.inspect(id);
    const name = String(inspected['Name']).replace(/^\//, '');
    const subject = { kind: 'container', engine: engine.name, id: String(inspected['Id']) } as const;
    if (options.show !== false) await showDocument(subject, `${name}.json`);
    return inspected;
  });
};
