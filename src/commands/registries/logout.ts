import * as vscode from 'vscode';
import { logout as logOut } from '../../engine/auth/login';
import { addressText, HUB, registryTitle, serverKey } from '../../engine/registry/address';
import type { Handler } from '../deps';
import { offer } from '../report';
import { registryOf } from './registryOf';

/** As `docker logout`. */
export const logout: Handler<'quayside.registries.logout'> = async (context, target) => {
  const title = vscode.l10n.t('Log out of which registry?');
  const address = await registryOf(context, target, title, ({ loggedIn }) => loggedIn);
  const { host } = address;
  const known = await logOut(host === HUB ? '' : serverKey(host), context.registries.surroundings);
  context.registries.forget(host);
  if (context.fromUi) {
    const name = registryTitle(host);
    const said = known
      ? vscode.l10n.t('Logged out of {0}.', name)
      : vscode.l10n.t('There was no login for {0}.', name);
    offer(context, 'info', said);
  }
  return { address: addressText(address), known };
};
