import * as vscode from 'vscode';
import { EngineError, sentence } from '../../engine/errors';
import { addressText } from '../../engine/registry/address';
import type { Handler } from '../deps';
import { addedRegistries, setAddedRegistries } from './added';
import { registryOf } from './registryOf';

/** Takes a registry out of the settings again. Nothing in it is touched, and its login stays. */
export const remove: Handler<'quayside.registries.remove'> = async (context, target) => {
  const title = vscode.l10n.t('Remove which registry from the view?');
  const address = addressText(await registryOf(context, target, title, ({ added }) => added));
  const added = addedRegistries();
  if (!added.includes(address)) {
    throw new EngineError(
      'invalid',
      sentence('"{0}" was not added here. It is in the view as long as there is a login for it.', address),
    );
  }
  await setAddedRegistries(added.filter((other) => other !== address));
  return { address };
};
