import process from 'node:process';
import * as vscode from 'vscode';
import { runLine } from '../../engine/run/commandLine/print';
import type { Handler } from '../deps';
import { containersOf, only } from '../target';
import { ownSpec } from './ownSpec';

/** Puts the line that makes such a container into the clipboard, and answers it with its secrets hidden. */
export const copyRunCommand: Handler<'quayside.containers.copyRunCommand'> = async (context, target) => {
  const ref = only(
    await containersOf(context, target, {
      title: vscode.l10n.t('Copy the docker run line of which container?'),
      none: vscode.l10n.t('There is no container.'),
      single: true,
    }),
  );
  const spec = await ownSpec(ref);
  const shell = process.platform === 'win32' ? 'powershell' : 'sh';
  await vscode.env.clipboard.writeText(runLine(spec, { shell }));
  if (context.fromUi) vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied as docker run'), 3000);
  return runLine(spec, { shell, maskSecrets: true });
};
