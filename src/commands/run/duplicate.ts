import * as vscode from 'vscode';
import { checkRunSpec } from '../../engine/run/validate';
import type { Handler } from '../deps';
import { containersOf, only } from '../target';
import { openForm } from './form';
import { ownSpec } from './ownSpec';
import { runSpec } from './runSpec';

/** Runs another container like this one, with whatever is to be different. */
export const duplicate: Handler<'quayside.containers.duplicate'> = async (context, target, options) => {
  const ref = only(
    await containersOf(context, target, {
      title: vscode.l10n.t('Duplicate which container?'),
      none: vscode.l10n.t('There is no container.'),
      single: true,
    }),
  );
  // The name is taken, by the container itself.
  const own = { ...(await ownSpec(ref)) };
  delete own.name;
  if (!context.fromUi || options !== undefined) {
    const spec = checkRunSpec({ ...own, detach: true, ...options });
    return { id: (await runSpec(context, ref.engine, spec)).id };
  }
  await openForm(
    context,
    ref.engine,
    { ...own, detach: true },
    { title: vscode.l10n.t('Duplicate {0}', ref.name), like: { ...own, detach: true } },
  );
  return undefined;
};
