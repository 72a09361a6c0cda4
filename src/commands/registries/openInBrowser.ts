import * as vscode from 'vscode';
import { EngineError, sentence } from '../../engine/errors';
import { registryTitle } from '../../engine/registry/address';
import { webPage } from '../../engine/registry/webPage';
import { parseReference } from '../../engine/run/reference';
import type { Context, Handler } from '../deps';
import type { RegistryTarget } from '../../ids';
import { registryOf } from './registryOf';

/** The page of a registry or of one of its repositories, where one is known. */
export const openInBrowser: Handler<'quayside.registries.openInBrowser'> = async (context, target) => {
  const { host, path } = await placeOf(context, target);
  const url = webPage(host, path);
  if (url === undefined) {
    throw new EngineError(
      'invalid',
      sentence('No page of {0} is known. Open its own address in a browser.', registryTitle(host)),
    );
  }
  if (context.fromUi) await vscode.env.openExternal(vscode.Uri.parse(url, true));
  return url;
};

async function placeOf(
  context: Context,
  target: RegistryTarget | undefined,
): Promise<{ host: string; path: string }> {
  const [node] = context.nodes;
  const row = node?.kind === 'registryRepository' || node?.kind === 'registryTag' ? node.id : undefined;
  // An id with a tag can only be an image's name; without one it is taken for an address.
  const tagged = /\/.*:/.test(target?.id ?? '') ? target?.id : undefined;
  const name = target?.reference ?? tagged ?? row;
  if (name !== undefined) {
    const { domain, path } = parseReference(name);
    return { host: domain, path };
  }
  const { host, namespace } = await registryOf(context, target, vscode.l10n.t('Open which registry?'));
  return { host, path: namespace };
}
