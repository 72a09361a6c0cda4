import * as vscode from 'vscode';
import { cancelled } from '../../engine/errors';
import { act, containerId } from '../act';
import type { Handler } from '../deps';
import { isUp } from '../listing';
import { containersOf } from '../target';

/** What people send; first what the engine sends when nothing is said. */
const SIGNALS = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR1', 'SIGUSR2'];

export const kill: Handler<'quayside.containers.kill'> = async (context, target, options) => {
  const refs = await containersOf(context, target, {
    title: vscode.l10n.t('Kill which containers?'),
    none: vscode.l10n.t('No container is running.'),
    eligible: isUp,
  });
  const asked = context.fromUi && options === undefined ? { signal: await askSignal() } : (options ?? {});
  return act(context, target, refs, {
    doing: (what) => vscode.l10n.t('Killing {0}', what),
    failing: (what) => vscode.l10n.t('Could not kill {0}.', what),
    work: ({ engine }, id, signal) => engine.containers.kill(id, asked, signal),
    fullId: containerId,
  });
};

async function askSignal(): Promise<string> {
  const signal = await vscode.window.showQuickPick(SIGNALS, { title: vscode.l10n.t('Send which signal?') });
  if (signal === undefined) throw cancelled();
  return signal;
}
