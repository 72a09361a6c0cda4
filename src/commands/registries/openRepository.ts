import * as vscode from 'vscode';
import { addressText, HUB, parseRegistry } from '../../engine/registry/address';
import { listTags } from '../../engine/registry/tags';
import { familiarName, parseReference } from '../../engine/run/reference';
import { STATE_KEYS } from '../../ids';
import { givenOr, problemOf } from '../ask';
import type { Context, Handler } from '../deps';
import { withProgress } from '../progress';
import { addedRegistries, setAddedRegistries } from './added';
import { allRegistries } from './registryOf';

/** More names than these make a list that nobody looks through. */
const MOST = 200;

/** Shows a repository whose registry does not list it, from then on in every view of it. */
export const openRepository: Handler<'quayside.registries.openRepository'> = async (
  context,
  target,
  options,
) => {
  const given = options?.name ?? target?.name ?? target?.reference;
  const typed = await givenOr(context, given, 'name', () => ask(context));
  const { domain, path } = parseReference(typed);
  const name = familiarName({ domain, path });
  const tags = await withProgress(vscode.l10n.t('Looking for {0}', name), async (signal) =>
    listTags(await context.registries.client(domain), path, signal),
  );
  await remember(context, name);
  if ((await allRegistries(context)).every(({ host }) => host !== domain))
    await setAddedRegistries([...addedRegistries(), domain]);
  if (context.fromUi) await context.views.revealRepository(name);
  return { repository: name, tags };
};

function ask({ nodes: [node] }: Context): Thenable<string | undefined> {
  const row = node && 'registry' in node ? node.registry : node?.kind === 'registry' ? node.id : HUB;
  const address = addressText(parseRegistry(row));
  const value = address === HUB ? '' : `${address.replace(/^docker\.io\//, '')}/`;
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Open which repository?'),
    value,
    valueSelection: [value.length, value.length],
    placeHolder: value === '' ? 'nginx, grafana/grafana' : `${value}team/app`,
    validateInput: problemOf(parseReference),
  });
}

async function remember({ state }: Context, name: string): Promise<void> {
  const before = state.get<readonly string[]>(STATE_KEYS.openedRepositories, []);
  const opened = [name, ...before.filter((other) => other !== name)].slice(0, MOST);
  await state.update(STATE_KEYS.openedRepositories, opened);
}
