import * as vscode from 'vscode';
import { containerId } from '../act';
import { givenOr } from '../ask';
import type { Context, Handler } from '../deps';
import { answerEach } from '../each';
import type { ContainerRef } from '../ref';
import { containersOf } from '../target';
import { copying, hostPath, tellCopied } from './copying';
import { askPath } from './containerPath';

/** Copies files of this computer into containers, running or stopped, by the rules of `docker cp`. */
export const copyTo: Handler<'quayside.containers.copyTo'> = async (context, target, options) => {
  const refs = await containersOf(context, target, {
    title: vscode.l10n.t('Copy to which containers?'),
    none: vscode.l10n.t('There is no container.'),
  });
  const given = options?.from;
  const from = await givenOr(context, typeof given === 'string' ? [given] : given, 'from', () =>
    askFiles(context),
  );
  const path = await givenOr(context, options?.path, 'path', () => askDestination(refs));
  return answerEach(target, refs, async (ref) => {
    const id = await containerId(ref);
    const copied = await copying(vscode.l10n.t('Copying to {0}', ref.name), (how, signal) =>
      ref.engine.files.copyTo(id, from.map(hostPath), path, how, signal),
    );
    tellCopied(context, copied, `${ref.name}:${path}`);
    return { files: copied.files, bytes: copied.bytes };
  });
};

/** Those the command was called on in the Explorer, or what a dialog answers. */
async function askFiles({ files }: Context): Promise<string[] | undefined> {
  const chosen =
    files.length > 0
      ? files
      : await vscode.window.showOpenDialog({
          title: vscode.l10n.t('Copy which files to the container?'),
          openLabel: vscode.l10n.t('Copy'),
          canSelectMany: true,
          canSelectFiles: true,
          canSelectFolders: true,
        });
  return chosen?.map(({ fsPath }) => fsPath);
}

function askDestination(refs: readonly ContainerRef[]): Promise<string | undefined> {
  return askPath(refs, vscode.l10n.t('Copy to which path of the container?'));
}
