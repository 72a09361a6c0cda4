import * as vscode from 'vscode';
import { containerId } from '../act';
import { givenOr } from '../ask';
import type { Handler } from '../deps';
import { containersOf, only } from '../target';
import { askPath } from './containerPath';
import { askFolder, copying, hostPath, tellCopied } from './copying';

/** Copies a path of a container, running or stopped, to this computer, by the rules of `docker cp`. */
export const copyFrom: Handler<'quayside.containers.copyFrom'> = async (context, target, options) => {
  const ref = only(
    await containersOf(context, target, {
      title: vscode.l10n.t('Copy from which container?'),
      none: vscode.l10n.t('There is no container.'),
      single: true,
    }),
  );
  const path = await givenOr(context, options?.path, 'path', () =>
    askPath([ref], vscode.l10n.t('Copy which path of the container?')),
  );
  const to = hostPath(await givenOr(context, options?.to, 'to', askFolder));
  const id = await containerId(ref);
  const copied = await copying(vscode.l10n.t('Copying from {0}', ref.name), (how, signal) =>
    ref.engine.files.copyFrom(id, path, to, how, signal),
  );
  tellCopied(context, copied, to);
  return { files: copied.files, bytes: copied.bytes };
};
