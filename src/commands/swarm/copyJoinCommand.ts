import * as vscode from 'vscode';
import { cancelled, EngineError, sentence } from '../../engine/errors';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { engineOf } from '../target';

type Role = 'worker' | 'manager';

/** The line that makes another engine join this one's swarm. Its token is a secret, which no log gets. */
export const copyJoinCommand: Handler<'quayside.swarm.copyJoinCommand'> = async (context, options) => {
  const { swarm } = engineOf(context, options?.engine);
  const role = options?.as ?? (context.fromUi ? await askRole() : 'worker');
  if (!['worker', 'manager'].includes(role))
    throw new EngineError('invalid', sentence('"{0}" is none of {1}.', role, 'worker, manager'));
  const line = await withProgress(vscode.l10n.t('Asking for the join command'), async (signal) => {
    const tokens = await swarm.joinTokens(signal);
    const [address = ''] = (await swarm.state(signal)).managers;
    return `docker swarm join --token ${tokens[role]} ${address}`;
  });
  await vscode.env.clipboard.writeText(line);
  if (context.fromUi)
    vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied the join command'), 3000);
  return line;
};

async function askRole(): Promise<Role> {
  const roles: (vscode.QuickPickItem & { readonly role: Role })[] = [
    { label: vscode.l10n.t('Worker'), description: vscode.l10n.t('runs tasks'), role: 'worker' },
    {
      label: vscode.l10n.t('Manager'),
      description: vscode.l10n.t('runs tasks, and decides with the other managers'),
      role: 'manager',
    },
  ];
  const chosen = await vscode.window.showQuickPick(roles, {
    title: vscode.l10n.t('What is the other machine to be in the swarm?'),
    placeHolder: vscode.l10n.t('The command has a secret: whoever has it can join.'),
  });
  if (!chosen) throw cancelled();
  return chosen.role;
}
