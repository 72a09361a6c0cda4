import * as vscode from 'vscode';
import type { Handler } from '../deps';
import { containerFor } from './container';
import { onNetworks } from './onNetworks';

export const connect: Handler<'quayside.networks.connect'> = async (context, target, options) => {
  const title = vscode.l10n.t('Connect which container?');
  const container = await containerFor(context, options?.container, title);
  return onNetworks(
    context,
    target,
    { title: vscode.l10n.t('Connect it to which networks?'), none: vscode.l10n.t('There is no network.') },
    {
      doing: (what) => vscode.l10n.t('Connecting to {0}', what),
      failing: (what) => vscode.l10n.t('Could not connect to {0}.', what),
      work: ({ engine }, id, signal) => engine.networks.connect(id, { ...options, container }, signal),
    },
  );
};
