import * as vscode from 'vscode';
import { act, containerId } from '../act';
import { confirm, nameLines, requireConfirmed } from '../confirm';
import type { Handler } from '../deps';
import { isUp, listContainers } from '../listing';
import { engineOf } from '../target';

/** Every running container of one engine, as `docker stop $(docker ps -q)`. */
export const stopAll: Handler<'quayside.containers.stopAll'> = async (context, options) => {
  if (!context.fromUi) requireConfirmed(options);
  const engine = engineOf(context, options?.engine);
  const up = (await listContainers(engine)).filter(isUp);
  if (context.fromUi) {
    if (up.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('No container is running.'));
      return { done: [], failed: [] };
    }
    const question = vscode.l10n.t(
      'Stop all {0} running containers of the engine "{1}"?',
      up.length,
      engine.name,
    );
    await confirm(question, nameLines(up.map(({ name }) => name)), vscode.l10n.t('Stop All'));
  }
  const refs = up.map((item) => ({ engine, id: item.id, name: item.name, item }));
  const timeout = options?.timeout === undefined ? {} : { timeout: options.timeout };
  return act(context, refs, refs, {
    doing: (what) => vscode.l10n.t('Stopping {0}', what),
    failing: (what) => vscode.l10n.t('Could not stop {0}.', what),
    work: (_, id, signal) => engine.containers.stop(id, timeout, signal),
    fullId: containerId,
  });
};
