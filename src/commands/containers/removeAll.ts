import * as vscode from 'vscode';
import { EngineError } from '../../engine/errors';
import { act, containerId, namesOf } from '../act';
import type { Container } from '../../engine/model/types';
import { confirm, nameLines, requireConfirmed } from '../confirm';
import type { Handler } from '../deps';
import { isUp, listContainers } from '../listing';
import { engineOf } from '../target';

/** Every container of one engine, as `docker rm -f $(docker ps -aq)`. */
export const removeAll: Handler<'quayside.containers.removeAll'> = async (context, options) => {
  if (!context.fromUi) requireConfirmed(options);
  const engine = engineOf(context, options?.engine);
  const all = await listContainers(engine);
  if (context.fromUi) await ask(all, engine.name);
  const refs = all.map((item) => ({ engine, id: item.id, name: item.name, item }));
  return act(context, refs, refs, {
    doing: (what) => vscode.l10n.t('Removing {0}', what),
    failing: (what) => vscode.l10n.t('Could not remove {0}.', what),
    work: async (_, id, signal) => {
      try {
        await engine.containers.remove(id, { force: options?.force ?? true }, signal);
      } catch (error) {
        // It went by itself, as one that was run with --rm does when its neighbour is killed.
        if (!(error instanceof EngineError && error.kind === 'notFound')) throw error;
      }
    },
    fullId: containerId,
  });
};

async function ask(all: readonly Container[], engine: string): Promise<void> {
  if (all.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no container to remove.'));
    return;
  }
  const up = all.filter(isUp).map(({ name }) => name);
  const question = vscode.l10n.t('Remove all {0} containers of the engine "{1}"?', all.length, engine);
  const detail = [
    nameLines(all.map(({ name }) => name)),
    ...(up.length > 0 ? [vscode.l10n.t('Still running, and killed first: {0}', namesOf(up))] : []),
  ];
  await confirm(question, detail.join('\n\n'), vscode.l10n.t('Remove All'));
}
