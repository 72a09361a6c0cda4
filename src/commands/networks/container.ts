import * as vscode from 'vscode';
import type { Context } from '../deps';
import { givenOr } from '../ask';
import { pickContainers } from '../pick';
import { only } from '../target';

/** The container of a connection: the one that was given, or picked. */
export function containerFor(context: Context, given: string | undefined, title: string): Promise<string> {
  return givenOr(context, given, 'container', async () => {
    const none = vscode.l10n.t('There is no container.');
    return only(await pickContainers(context, { title, none, single: true })).id;
  });
}
