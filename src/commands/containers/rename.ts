import * as vscode from 'vscode';
import { checkContainerName } from '../../engine/run/names';
import { containerId } from '../act';
import { givenOr, problemOf } from '../ask';
import type { Handler } from '../deps';
import { containersOf, only } from '../target';

export const rename: Handler<'quayside.containers.rename'> = async (context, target, options) => {
  const ref = only(
    await containersOf(context, target, {
      title: vscode.l10n.t('Rename which container?'),
      none: vscode.l10n.t('There is no container.'),
      single: true,
    }),
  );
  const name = await givenOr(context, options?.name, 'name', () =>
    vscode.window.showInputBox({
      title: vscode.l10n.t('New name of {0}', ref.name),
      value: ref.name,
      validateInput: problemOf(checkContainerName),
    }),
  );
  checkContainerName(name);
  const id = await containerId(ref);
  await ref.engine.containers.rename(id, name);
  return { id, name };
};
