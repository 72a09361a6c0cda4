import * as vscode from 'vscode';
import { addressText, parseRegistry } from '../../engine/registry/address';
import { givenOr, problemOf } from '../ask';
import type { Handler } from '../deps';
import { offer } from '../report';
import { addedRegistries, setAddedRegistries } from './added';
import { logInTo } from './login';

/** Puts a registry into the Registries view. That it answers is not asked here: one that is down may be added too. */
export const add: Handler<'quayside.registries.add'> = async (context, options) => {
  const typed = await givenOr(context, options?.address, 'address', () =>
    vscode.window.showInputBox({
      title: vscode.l10n.t('Address of the registry'),
      placeHolder: 'registry.example.com, localhost:5000, ghcr.io/owner, quay.io/organization',
      ignoreFocusOut: true,
      validateInput: problemOf(parseRegistry),
    }),
  );
  const parsed = parseRegistry(typed);
  const address = addressText(parsed);
  if (options?.username !== undefined) {
    await logInTo(context, parsed, options.username, options.password);
  }
  const added = addedRegistries();
  if (!added.includes(address)) await setAddedRegistries([...added, address]);
  if (context.fromUi) {
    offer(context, 'info', vscode.l10n.t('Added the registry {0}.', address), [
      {
        title: vscode.l10n.t('Log In…'),
        run: () => logInTo(context, parsed, undefined, undefined),
      },
    ]);
  }
  return { address };
};
