import * as vscode from 'vscode';
import { act } from '../act';
import { confirm, nameLines } from '../confirm';
import type { Handler } from '../deps';
import { volumesOf } from '../target';

/** Volumes, with all they hold. */
export const remove: Handler<'quayside.volumes.remove'> = async (context, target, options = {}) => {
  const refs = await volumesOf(context, target, {
    title: vscode.l10n.t('Remove which volumes?'),
    none: vscode.l10n.t('There is no volume.'),
  });
  if (context.fromUi) {
    const question = vscode.l10n.t('Remove these volumes, with all they hold? This cannot be undone.');
    await confirm(question, nameLines(refs.map(({ name }) => name)), vscode.l10n.t('Remove'));
  }
  return act(context, target, refs, {
    doing: (what) => vscode.l10n.t('Removing {0}', what),
    failing: (what) => vscode.l10n.t('Could not remove {0}.', what),
    work: ({ engine, id }, _, signal) => engine.volumes.remove(id, options, signal),
    fullId: ({ id }) => Promise.resolve(id),
  });
};
