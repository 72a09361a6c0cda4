import * as vscode from 'vscode';
import { cancelled, EngineError, sentence } from '../../engine/errors';
import type { GroupBy } from '../../views/nodes';
import type { Handler } from '../deps';

const KINDS: readonly GroupBy[] = ['compose', 'stack', 'none'];

export const groupBy: Handler<'quayside.views.groupBy'> = async ({ views }, options) => {
  const by = options?.by ?? (await ask());
  if (!KINDS.includes(by)) {
    throw new EngineError(
      'invalid',
      sentence('Containers are grouped by "compose", "stack" or "none", not by "{0}".', by),
    );
  }
  await views.groupBy(by);
};

async function ask(): Promise<GroupBy> {
  const choice = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('Compose Projects and Stacks'), by: 'compose' as const },
      { label: vscode.l10n.t('Swarm Stacks'), by: 'stack' as const },
      { label: vscode.l10n.t('Not at All'), by: 'none' as const },
    ],
    { title: vscode.l10n.t('Group containers by') },
  );
  if (!choice) throw cancelled();
  return choice.by;
}
