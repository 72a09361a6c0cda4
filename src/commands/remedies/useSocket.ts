import os from 'node:os';
import process from 'node:process';
import * as vscode from 'vscode';
import { findSockets } from '../../engine/endpoint/sockets';
import { cancelled } from '../../engine/errors';
import { STATE_KEYS } from '../../ids';
import type { Handler } from '../deps';
import { offer } from '../report';

/** Another engine of this machine, such as a rootless one or Podman: its socket becomes the setting `quayside.host`. */
export const useSocket: Handler<'quayside.remedies.useSocket'> = async (context) => {
  const now = context.engines.shown[0]?.endpoint?.host;
  const found = await findSockets({ env: process.env, homedir: os.homedir(), platform: process.platform });
  const others = found.filter(({ host }) => host !== now);
  if (others.length === 0) {
    const help = 'https://docs.docker.com/engine/security/rootless/';
    offer(context, 'info', vscode.l10n.t('No other engine has its socket on this machine.'), [
      { title: vscode.l10n.t('About Rootless Docker'), run: () => openWeb(help) },
    ]);
    return;
  }
  const items = others.map(({ name, host }) => ({ label: name, description: host, host }));
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Use which engine?') });
  if (!chosen) throw cancelled();
  await vscode.workspace
    .getConfiguration('quayside')
    .update('host', chosen.host, vscode.ConfigurationTarget.Global);
  // Engines chosen for this workspace would go before the setting.
  await context.state.update(STATE_KEYS.chosenEngines, []);
  await context.engines.refresh();
};

function openWeb(address: string): Thenable<boolean> {
  return vscode.env.openExternal(vscode.Uri.parse(address));
}
