import * as vscode from 'vscode';
import { containerId } from '../act';
import { givenOr } from '../ask';
import type { Handler } from '../deps';
import { saveTo } from '../hostFiles';
import { withProgress } from '../progress';
import { containersOf, only } from '../target';
import { hostPath } from './copying';

/** Writes the whole file system of a container into a tar file. */
export const exportFiles: Handler<'quayside.containers.export'> = async (context, target, options) => {
  const ref = only(
    await containersOf(context, target, {
      title: vscode.l10n.t('Export the files of which container?'),
      none: vscode.l10n.t('There is no container.'),
      single: true,
    }),
  );
  const to = await givenOr(context, options?.to, 'to', async () => {
    const uri = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Export the files of {0} to', ref.name),
      filters: { [vscode.l10n.t('Archives')]: ['tar'] },
    });
    return uri?.fsPath;
  });
  const id = await containerId(ref);
  const bytes = await withProgress(vscode.l10n.t('Exporting {0}', ref.name), async (signal, tell) =>
    saveTo(hostPath(to), await ref.engine.containers.export(id, signal), tell, signal),
  );
  return { bytes };
};
