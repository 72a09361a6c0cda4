import * as vscode from 'vscode';
import { EngineError, sentence } from '../../engine/errors';
import { withSteps } from '../report';

/** A Dockerfile runs commands; that of a workspace nobody trusts yet must not. */
export function requireTrust(): void {
  if (vscode.workspace.isTrusted) return;
  throw withSteps(
    new EngineError(
      'denied',
      sentence('A build runs what the Dockerfile says. Trust this workspace first, then build again.'),
    ),
    {
      title: vscode.l10n.t('Manage Workspace Trust'),
      run: () => vscode.commands.executeCommand('workbench.trust.manage'),
    },
  );
}
