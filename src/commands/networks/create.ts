import * as vscode from 'vscode';
import { cancelled, EngineError, sentence } from '../../engine/errors';
import type { Handler } from '../deps';
import { engineOf } from '../target';

export const create: Handler<'quayside.networks.create'> = async (context, options) => {
  const engine = engineOf(context, options?.engine);
  if (!context.fromUi) {
    if (!options?.name) throw new EngineError('invalid', sentence('The option "{0}" is missing.', 'name'));
    return { id: await engine.networks.create(options), name: options.name };
  }
  const name = await ask(vscode.l10n.t('Name of the new network'), 'backend');
  if (name === '') throw cancelled();
  const subnet = await ask(
    vscode.l10n.t('Address range of {0}, or nothing for one the engine chooses', name),
    '172.30.0.0/16',
  );
  return { id: await engine.networks.create({ name, ...(subnet !== '' && { subnet }) }), name };
};

async function ask(title: string, placeHolder: string): Promise<string> {
  const answer = await vscode.window.showInputBox({ title, placeHolder, ignoreFocusOut: true });
  if (answer === undefined) throw cancelled();
  return answer.trim();
}
