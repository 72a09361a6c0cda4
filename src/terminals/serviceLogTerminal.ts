import * as vscode from 'vscode';
import type { Engine } from '../engine/engine';
import { serviceGone } from '../engine/swarm/gone';
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
    const { services } = engine.swarm;
    const over = new AbortController();
    const either = AbortSignal.any([signal, over.signal]);
    serviceGone(services, service.id, either).then(
      () => over.abort(),
      () => undefined,
    );
    try {
      for await (const frames of services.logs(service.id, { ...options, follow: true }, either))
        for (const { data, stream } of frames) await screen.write(data, stream, true);
      return vscode.l10n.t('The engine has ended the log.');
    } catch (error) {
      if (over.signal.aborted && !signal.aborted) return vscode.l10n.t('The service was removed.');
      throw error;
    } finally {
      over.abort();
    }
  });
}
