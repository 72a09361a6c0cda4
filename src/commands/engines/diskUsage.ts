import * as vscode from 'vscode';
import { showDocument } from '../documents/show';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { engineOf } from '../target';

/** What images, containers, volumes and build cache take, as `docker system df -v`. */
export const diskUsage: Handler<'quayside.engines.diskUsage'> = async (context, options) => {
  const engine = engineOf(context, options?.name);
  const title = vscode.l10n.t('Adding up what is on the disk');
  const usage = await withProgress(title, (signal) => engine.system.diskUsage({}, signal));
  const subject = { kind: 'diskUsage', engine: engine.name, id: engine.name } as const;
  if (options?.show !== false) await showDocument(subject, vscode.l10n.t('Disk usage of {0}', engine.name));
  return usage;
};
