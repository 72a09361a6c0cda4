import * as vscode from 'vscode';
import { cancelled } from '../../engine/errors';
import type { Handler } from '../deps';
import { prune } from '../prune';

export const pruneImages: Handler<'quayside.images.prune'> = async (context, options) => {
  const all = options?.all ?? (context.fromUi && options === undefined ? await askAll() : false);
  return prune(
    context,
    'images',
    { ...options, all },
    {
      looking: vscode.l10n.t('Looking for unused images'),
      none: all ? vscode.l10n.t('Every image is in use.') : vscode.l10n.t('There is no dangling image.'),
      question: vscode.l10n.t('Remove these images?'),
      removing: vscode.l10n.t('Removing images'),
      done: (count) => vscode.l10n.t('Images removed: {0}.', count),
    },
  );
};

async function askAll(): Promise<boolean> {
  const choice = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t('Dangling Images'),
        description: vscode.l10n.t('no tag, no container'),
        all: false,
      },
      {
        label: vscode.l10n.t('All Unused Images'),
        description: vscode.l10n.t('no container uses them'),
        all: true,
      },
    ],
    { title: vscode.l10n.t('Remove which images?') },
  );
  if (!choice) throw cancelled();
  return choice.all;
}
