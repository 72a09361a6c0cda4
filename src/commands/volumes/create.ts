import * as vscode from 'vscode';
import { cancelled } from '../../engine/errors';
import type { Handler } from '../deps';
import { engineOf } from '../target';

/** A volume; without a name the engine gives it one, and it counts as anonymous. */
export const create: Handler<'quayside.volumes.create'> = async (context, options) => {
  const engine = engineOf(context, options?.engine);
  if (!context.fromUi) return { name: (await engine.volumes.create(options ?? {})).name };
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Name of the new volume'),
    placeHolder: 'data',
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^[a-zA-Z0-9][\w.-]*$/.test(text)
        ? undefined
        : vscode.l10n.t('Use letters, digits, "_", "." and "-", and begin with a letter or a digit.'),
  });
  if (name === undefined) throw cancelled();
  return { name: (await engine.volumes.create({ name })).name };
};
