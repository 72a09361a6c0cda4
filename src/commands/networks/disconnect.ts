import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { containerFor } from './container';
import { onNetworks } from './onNetworks';

export const disconnect: Handler<'quayside.networks.disconnect'> = async (context, target, options) => {
  const title = vscode.l10n.t('Disconnect which container?');
  const container = await containerFor(context, options?.container, title);
  return onNetworks(
    context,
    target,
    {
      title: vscode.l10n.t('Disconnect it from which networks?'),
      none: vscode.l10n.t('There is no network.'),
    },
    {
      doing: (what) => vscode.l10n.t('Disconnecting from {0}', what),
      failing: (what) => vscode.l10n.t('Could not disconnect from {0}.', what),
      work: ({ engine }, id, signal) => engine.networks.disconnect(id, { ...options, container }, signal),
    },
  );
};
