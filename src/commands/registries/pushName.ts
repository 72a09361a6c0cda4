import * as vscode from 'vscode';
import { cancelled } from '../../engine/errors';
import { HUB, registryTitle } from '../../engine/registry/address';
import { familiarName, parseReference, withDefaultTag } from '../../engine/run/reference';
import { problemOf } from '../ask';
import type { Context } from '../deps';
import type { ImageRef } from '../ref';
import { allRegistries } from './registryOf';

interface Item extends vscode.QuickPickItem {
  readonly name?: string;
}

/**
 * Where a push goes is in the image's name. One with a registry in it is pushed there; else the registries of the view are
 * offered with the image's own name behind them, and any other can be typed.
 */
export async function askPushName(context: Context, ref: ImageRef, own: string | undefined): Promise<string> {
  if (own !== undefined && /^(?:localhost|[^/]*[.:][^/]*)\//.test(own)) return own;
  const offered = proposals(await allRegistries(context), own);
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = vscode.l10n.t('Push {0} as', ref.name);
  pick.placeholder = vscode.l10n.t(
    'registry.example.com/team/app:1.0; without a registry in front it goes to Docker Hub',
  );
  pick.ignoreFocusOut = true;
  const show = (): void => {
    pick.items = [...typedItem(pick.value.trim()), ...offered];
    // What the user has typed is what Enter means, whatever matches better.
    const [first] = pick.items;
    if (first) pick.activeItems = [first];
  };
  try {
    return await new Promise<string>((resolve, reject) => {
      pick.onDidChangeValue(show);
      pick.onDidHide(() => reject(cancelled()));
      pick.onDidAccept(() => {
        const name = pick.activeItems[0]?.name;
        if (name !== undefined) resolve(name);
      });
      show();
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}

function typedItem(typed: string): Item[] {
  if (typed === '') return [];
  const wrong = problemOf(parseReference)(typed);
  if (wrong !== undefined)
    return [{ label: wrong, iconPath: new vscode.ThemeIcon('info'), alwaysShow: true }];
  const description = vscode.l10n.t('push as this');
  const iconPath = new vscode.ThemeIcon('cloud-upload');
  return [{ label: typed, description, iconPath, alwaysShow: true, name: typed }];
}

/** The image's name behind each registry; on Docker Hub under the user's own. */
function proposals(registries: Awaited<ReturnType<typeof allRegistries>>, own: string | undefined): Item[] {
  if (own === undefined) return [];
  const { path, tag = 'latest' } = withDefaultTag(parseReference(own));
  const bare = path.replace(/^library\//, '');
  return registries.flatMap(({ host, namespace, user }): Item[] => {
    const under = namespace || (host === HUB && !bare.includes('/') ? user : '');
    // On Docker Hub a name of one part is nobody's but Docker's.
    if (host === HUB && under === '' && !bare.includes('/')) return [];
    const name = `${familiarName({ domain: host, path: under === '' ? bare : `${under}/${bare}` })}:${tag}`;
    const description = registryTitle(host);
    return problemOf(parseReference)(name) === undefined ? [{ label: name, description, name }] : [];
  });
}
