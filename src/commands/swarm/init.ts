import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { cancelled, toEngineError } from '../../engine/errors';
import type { Context, Handler } from '../deps';
import { withProgress } from '../progress';
import { offer } from '../report';
import { engineOf } from '../target';
import { copyJoinCommand } from './copyJoinCommand';

/** A swarm with the engine as its manager. Asks only for what the engine cannot choose itself. */
export const init: Handler<'quayside.swarm.init'> = async (context, options) => {
  const engine = engineOf(context, options?.engine);
  if (!context.fromUi) return { node: await initialize(context, engine, options) };
  const node = await initialize(context, engine).catch(async (error: unknown) => {
    const said = String(toEngineError(error).cause);
    if (!UNDECIDED.test(said)) throw error;
    return initialize(context, engine, { advertiseAddr: await askAddress(engine, said) });
  });
  const message = vscode.l10n.t(
    'The engine "{0}" manages a swarm now. Run the join command on another machine to add it to the swarm.',
    engine.name,
  );
  offer(context, 'info', message, [
    {
      title: vscode.l10n.t('Copy Join Command'),
      run: () => copyJoinCommand(context, { as: 'worker', engine: engine.name }),
    },
  ]);
  return { node };
};

/** The engine has several addresses, or none that it takes for its own. */
const UNDECIDED = /could not (?:choose an IP address to advertise|find the system's IP address)/i;

async function initialize(
  { views }: Context,
  engine: Engine,
  options: { readonly advertiseAddr?: string } = {},
): Promise<string> {
  const node = await withProgress(vscode.l10n.t('Initializing a swarm'), (signal) =>
    engine.swarm.init(options, signal),
  );
  views.swarmChanged();
  return node;
}

/** `said` names some of the addresses; the first is proposed. */
async function askAddress(engine: Engine, said: string): Promise<string> {
  const answer = await vscode.window.showInputBox({
    title: vscode.l10n.t('Which address do other machines reach {0} by?', engine.name),
    prompt: vscode.l10n.t('An IP address of its machine, or one of its network interfaces, such as eth0.'),
    value: /\d+(?:\.\d+){3}/.exec(said)?.[0] ?? '',
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' ? vscode.l10n.t('Give an IP address or a network interface.') : undefined,
  });
  if (answer === undefined) throw cancelled();
  return answer.trim();
}
