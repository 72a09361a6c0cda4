import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { pullAll } from './pulling';
import { tagOf } from './registryOf';

/** Pulls the tag of a row, or the one that is named. */
export const pullTag: Handler<'quayside.registries.pullTag'> = async (context, target) => {
  const { reference } = await tagOf(context, target, vscode.l10n.t('Pull which tag?'));
  const engine = context.engines.get(target?.engine);
  const [pulled] = await pullAll(context, [{ engine, reference }]);
  return { id: '', digest: '', reference, ...pulled };
};
