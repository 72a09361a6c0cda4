import * as vscode from 'vscode';
import { attachTerminal } from '../../terminals/attachTerminal';
import type { Handler } from '../deps';
import { answerEach } from '../each';
import { isRunning } from '../listing';
import { containersOf } from '../target';
import { openTerminal } from '../terminal';
import { runningContainer } from './running';

/** Joins the main process of a running container, in an integrated terminal, which is the answer. */
export const attach: Handler<'quayside.containers.attach'> = async (context, target) => {
  const refs = await containersOf(context, target, {
    title: vscode.l10n.t('Attach to which containers?'),
    none: vscode.l10n.t('No container is running.'),
    eligible: isRunning,
  });
  return answerEach(target, refs, async (ref) =>
    openTerminal(attachTerminal(ref.engine, await runningContainer(ref))),
  );
};
