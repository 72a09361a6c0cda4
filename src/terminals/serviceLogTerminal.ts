import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import type { ServiceLogOptions } from '../engine/swarm/services';
import { followTerminal } from './followTerminal';

/** The log of all tasks of a service as it grows. */
export function serviceLogTerminal(
  engine: Engine,
  service: { readonly id: string; readonly name: string },
  options: Omit<ServiceLogOptions, 'follow'>,
): vscode.ExtensionTerminalOptions {
  const title = vscode.l10n.t('Logs: {0}', service.name);
  return followTerminal(title, 'output', async (screen, signal) => {
    for await (const frames of engine.swarm.services.logs(service.id, { ...options, follow: true }, signal))
      for (const { data, stream } of frames) await screen.write(data, stream, true);
    return vscode.l10n.t('The engine has ended the log.');
  });
}
