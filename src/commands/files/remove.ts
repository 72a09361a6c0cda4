import * as vscode from 'vscode';
import { confirm, nameLines } from '../confirm';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { filesOf } from './fileOf';
import { refuseReadonly } from './writable';

/** Files and directories, with all they hold; there is no trash in a container. */
export const remove: Handler<'quayside.files.delete'> = async (context, target, options = {}) => {
  const title = vscode.l10n.t('Delete which file of the container?');
  const refs = (await filesOf(context, target, title)).filter(({ as }) => as !== 'deleted');
  for (const ref of refs) await refuseReadonly(ref);
  const paths = refs.map(({ path }) => path);
  if (context.fromUi)
    await confirm(
      vscode.l10n.t(
        'Delete these files from the container, folders with all they hold? This cannot be undone.',
      ),
      nameLines(paths),
      vscode.l10n.t('Delete'),
    );
  const recursive = context.fromUi || options.recursive === true;
  await withProgress(vscode.l10n.t('Deleting {0}', paths.join(', ')), async (signal) => {
    for (const { engine, id, path } of refs) await engine.files.remove(id, path, { recursive }, signal);
  });
  return { done: paths };
};
