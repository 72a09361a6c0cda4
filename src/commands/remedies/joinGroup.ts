import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { offer } from '../report';
import { typeIntoTerminal } from './typeIntoTerminal';

/** Who is in the group may use Docker without sudo. A process has the groups it was started with, hence the rest. */
export const joinGroup: Handler<'quayside.remedies.joinGroup'> = (context) => {
  typeIntoTerminal(vscode.l10n.t('Join Group'), 'sudo usermod -aG docker "$USER"');
  offer(
    context,
    'info',
    vscode.l10n.t(
      'Run the line in the terminal, then log out and in again (in a remote window: end its server) so that it takes effect.',
    ),
  );
  return Promise.resolve();
};
