import * as vscode from 'vscode';
import { cancelled } from '../../engine/errors';
import { checkRunSpec } from '../../engine/run/validate';
import { parseImage } from '../../engine/run/reference';
import { STATE_KEYS } from '../../ids';
import { problemOf } from '../ask';
import type { Context, Handler } from '../deps';
import { isRunning } from '../listing';
import { runSpec } from '../run/runSpec';
import { containersOf, only } from '../target';
import { runningContainer } from './running';

const USUAL = 'busybox:latest';

/**
 * A shell beside a container that has none: in a container of its own, made of an image that has one, which sees the
 * other's processes and network, and its files under `/proc/1/root`. It is removed when the shell ends.
 */
export const debugShell: Handler<'quayside.containers.debugShell'> = async (context, target, options) => {
  const ref = only(
    await containersOf(context, target, {
      title: vscode.l10n.t('Open a shell beside which container?'),
      none: vscode.l10n.t('No container is running.'),
      eligible: isRunning,
      single: true,
    }),
  );
  const { id, name } = await runningContainer(ref);
  const image = options?.image ?? (context.fromUi ? await askImage(context, name) : USUAL);
  const spec = checkRunSpec({
    image,
    command: options?.command ?? ['sh', '-c', 'cd /proc/1/root 2>/dev/null; exec sh'],
    pid: `container:${id}`,
    network: `container:${id}`,
    capAdd: ['SYS_PTRACE'],
    labels: { 'dev.quayside.debug': id },
    remove: true,
    ...(options?.show === false ? { show: false } : { interactive: true, tty: true }),
  });
  return runSpec(context, ref.engine, spec);
};

async function askImage({ global }: Context, name: string): Promise<string> {
  const image = await vscode.window.showInputBox({
    title: vscode.l10n.t('Image for the shell beside {0}', name),
    prompt: vscode.l10n.t(
      'Any image with sh. It is pulled when it is not there, and sees the files under /proc/1/root.',
    ),
    value: global.get(STATE_KEYS.debugImage, USUAL),
    ignoreFocusOut: true,
    validateInput: problemOf(parseImage),
  });
  if (image === undefined) throw cancelled();
  await global.update(STATE_KEYS.debugImage, image);
  return image;
}
