import * as vscode from 'vscode';
import { login as logIn, type StoredIn } from '../../engine/auth/login';
import { EngineError, sentence } from '../../engine/errors';
import {
  addressText,
  HUB,
  registryTitle,
  serverKey,
  type RegistryAddress,
} from '../../engine/registry/address';
import { givenOr } from '../ask';
import type { Context, Handler } from '../deps';
import { withProgress } from '../progress';
import { offer } from '../report';
import { allRegistries, registryOf } from './registryOf';

/** As `docker login`: what is stored, and where, is what the CLI would store. */
export const login: Handler<'quayside.registries.login'> = async (context, target, options) => {
  const { username, password } = { ...target, ...options };
  const address = await registryOf(context, target, vscode.l10n.t('Log in to which registry?'));
  const storedIn = await logInTo(context, address, username, password);
  return { address: addressText(address), storedIn };
};

/** Asks for what is missing, and keeps the login where the registry accepts it. */
export async function logInTo(
  context: Context,
  { host }: RegistryAddress,
  username: string | undefined,
  password: string | undefined,
): Promise<StoredIn> {
  const name = registryTitle(host);
  const known = (await allRegistries(context)).find((one) => one.host === host);
  const user = await givenOr(context, username, 'username', () =>
    vscode.window.showInputBox({
      title: vscode.l10n.t('User name for {0}', name),
      value: known?.user ?? '',
      ignoreFocusOut: true,
      validateInput: (typed) => (typed.trim() === '' ? vscode.l10n.t('Give a user name.') : undefined),
    }),
  );
  const secret = await givenOr(context, password, 'password', () =>
    vscode.window.showInputBox({
      title: vscode.l10n.t('Password or access token of {0} for {1}', user, name),
      password: true,
      ignoreFocusOut: true,
      validateInput: (typed) => (typed === '' ? vscode.l10n.t('Give a password or a token.') : undefined),
    }),
  );
  if (user === '' || secret === '')
    throw new EngineError('invalid', sentence('A login needs a user name and a password.'));
  const storedIn = await withProgress(vscode.l10n.t('Logging in to {0}', name), (signal) =>
    logIn(
      context.engines.get().requests,
      { registry: host === HUB ? '' : serverKey(host), username: user, password: secret },
      context.registries.surroundings,
      signal,
    ),
  );
  context.registries.forget(host);
  if (context.fromUi) {
    const where =
      'helper' in storedIn
        ? vscode.l10n.t('Logged in to {0} as {1}.', name, user)
        : vscode.l10n.t(
            'Logged in to {0} as {1}. The password is in {2}, readable for whoever may read that file.',
            name,
            user,
            storedIn.file,
          );
    offer(context, 'info', where);
  }
  return storedIn;
}
