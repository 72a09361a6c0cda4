import * as vscode from 'vscode';
import { cancelled } from '../../engine/errors';
import { STATE_KEYS } from '../../ids';
import type { Context, Handler } from '../deps';

/** Shows one engine, or several side by side, in this workspace; none at all follows the docker CLI's choice again. */
export const use: Handler<'quayside.engines.use'> = async (context, options) => {
  const wanted =
    options?.name ?? (context.onRows ? context.nodes[0]?.engine : undefined) ?? (await ask(context));
  const names = typeof wanted === 'string' ? [wanted] : wanted;
  for (const name of names) context.engines.get(name);
  await context.state.update(STATE_KEYS.chosenEngines, names);
  await context.engines.refresh();
  const shown = context.engines.shown.map(({ name }) => name);
  return { name: shown[0] ?? '', names: shown };
};

interface Item extends vscode.QuickPickItem {
  readonly names: string[];
}

function ask({ engines }: Context): Promise<string[]> {
  const shown = engines.shown.map(({ name }) => name);
  const beside = { iconPath: new vscode.ThemeIcon('add'), tooltip: vscode.l10n.t('Show Beside the Others') };
  const without = { iconPath: new vscode.ThemeIcon('remove'), tooltip: vscode.l10n.t('Do Not Show') };
  const box = vscode.window.createQuickPick<Item>();
  box.title = vscode.l10n.t('Show which engine?');
  box.matchOnDescription = true;
  box.items = [
    ...engines.all.map(({ name, endpoint }) => ({
      label: name,
      description: [shown.includes(name) ? vscode.l10n.t('shown') : '', endpoint?.host ?? '']
        .filter(Boolean)
        .join(' · '),
      names: [name],
      buttons: shown.includes(name) ? (shown.length > 1 ? [without] : []) : [beside],
    })),
    {
      label: vscode.l10n.t('$(sync) As the Docker CLI Chooses'),
      description: vscode.l10n.t('follows DOCKER_HOST and "docker context use"'),
      names: [],
      alwaysShow: true,
    },
  ];
  return new Promise((resolve, reject) => {
    box.onDidAccept(() => {
      const [item] = box.selectedItems;
      if (item) resolve(item.names);
      box.hide();
    });
    box.onDidTriggerItemButton(({ item, button }) => {
      resolve(
        button === beside ? [...shown, ...item.names] : shown.filter((name) => !item.names.includes(name)),
      );
      box.hide();
    });
    box.onDidHide(() => {
      box.dispose();
      reject(cancelled());
    });
    box.show();
  });
}
