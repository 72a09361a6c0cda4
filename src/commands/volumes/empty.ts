import * as vscode from 'vscode';
import { emptyVolume } from '../../engine/volumes/empty';
import { act } from '../act';
import { confirm, nameLines, requireConfirmed } from '../confirm';
import type { Handler } from '../deps';
import { volumesOf } from '../target';

/** Removes all that is in volumes, which stay. */
export const empty: Handler<'quayside.volumes.empty'> = async (context, target, options) => {
  if (!context.fromUi) requireConfirmed(options);
  const refs = await volumesOf(context, target, {
    title: vscode.l10n.t('Empty which volumes?'),
    none: vscode.l10n.t('There is no volume.'),
  });
  if (context.fromUi) {
    const question = vscode.l10n.t('Remove all files in these volumes? This cannot be undone.');
    await confirm(question, nameLines(refs.map(({ name }) => name)), vscode.l10n.t('Empty'));
  }
  return act(context, target, refs, {
    doing: (what) => vscode.l10n.t('Emptying {0}', what),
    failing: (what) => vscode.l10n.t('Could not empty {0}.', what),
    work: ({ engine, id }, _, signal) => emptyVolume(engine, id, signal),
    fullId: ({ id }) => Promise.resolve(id),
  });
};
