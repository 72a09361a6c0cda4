import * as vscode from 'vscode';
import { confirm, nameLines } from '../confirm';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { runningContainer } from '../containers/running';
import { filesOf } from './fileOf';
import { insideWork } from './insideWork';
import { refuseReadonly } from './writable';

/** Files and directories, with all they hold; there is no trash in a container. */
export const remove: Handler<'quayside.files.delete'> = async (context, target, options = {}) => {
  const title = vscode.l10n.t('Delete which file of the container?');
  const refs = (await filesOf(context, target, title)).filter(({ as }) => as !== 'deleted');
  for (const ref of refs) {
    await refuseReadonly(ref);
    // Before anything is asked that could then not be done.
    await runningContainer({ ...ref, name: ref.id });
  }
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
    for (const ref of refs)
      await insideWork(ref, 'rm', () => ref.engine.files.remove(ref.id, ref.path, { recursive }, signal));
  });
  return { done: paths };
};
