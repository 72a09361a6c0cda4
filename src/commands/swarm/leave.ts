import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { confirm, nameLines } from '../confirm';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { engineOf } from '../target';

export const leave: Handler<'quayside.swarm.leave'> = async (context, options) => {
  const engine = engineOf(context, options?.engine);
  if (context.fromUi) await ask(engine);
  const force = context.fromUi || options?.force === true;
  await withProgress(vscode.l10n.t('Leaving the swarm'), (signal) => engine.swarm.leave({ force }, signal));
  context.views.swarmChanged();
  return { left: true };
};

async function ask({ name, swarm }: Engine): Promise<void> {
  const { state, manager, managers } = await swarm.state();
  // The engine says itself that there is nothing to leave.
  if (state === 'inactive') return;
  const detail = !manager
    ? vscode.l10n.t('Its tasks go to the other nodes of the swarm.')
    : managers.length > 1
      ? vscode.l10n.t(
          'It is one of {0} managers. Demote it to a worker first: a swarm that has lost half of its managers cannot be changed any more.',
          managers.length,
        )
      : await whatGoes(swarm);
  await confirm(
    vscode.l10n.t('Take the engine "{0}" out of its swarm?', name),
    detail,
    vscode.l10n.t('Leave'),
  );
}

/** With the last manager. */
async function whatGoes({ services }: Engine['swarm']): Promise<string> {
  const names = (await services.list()).map(({ name }) => name).sort();
  return names.length === 0
    ? vscode.l10n.t('It is the last manager: the swarm goes with it. It has no services.')
    : `${vscode.l10n.t('It is the last manager: the swarm goes with it, and all its services:')}\n${nameLines(names)}`;
}
