import { basename } from 'node:path';
import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import { restoreVolume } from '../../engine/volumes/backup';
import { checkArchive } from '../../engine/volumes/archiveFile';
import { refuseTaken } from '../../engine/volumes/clone';
import { emptyVolume } from '../../engine/volumes/empty';
import type { Target } from '../../ids';
import { givenOr } from '../ask';
import { confirm } from '../confirm';
import { copying, hostPath, tellCopied } from '../containers/copying';
import type { Context, Handler } from '../deps';
import { listVolumes } from '../listing';
import { engineOf, only, volumesOf } from '../target';
import { askName } from './one';

interface Plan {
  readonly engine: Engine;
  readonly name: string;
  /** The volume is to be made. */
  readonly create: boolean;
  /** What is in it is to go first. */
  readonly empty: boolean;
}

/** The files of a tar file into a volume. */
export const restore: Handler<'quayside.volumes.restore'> = async (context, target, options) => {
  const from = hostPath(await givenOr(context, options?.from, 'from', askFile));
  const plan = context.fromUi ? await ask(context, from) : await told(context, target, options);
  const copied = await copying(vscode.l10n.t('Restoring {0}', plan.name), (how, signal) =>
    carryOut(plan, from, how.onProgress, signal),
  );
  tellCopied(context, copied, plan.name);
  return { files: copied.files, bytes: copied.bytes };
};

async function carryOut(
  { engine, name, create, empty }: Plan,
  from: string,
  onProgress: Parameters<typeof restoreVolume>[3],
  signal: AbortSignal,
): ReturnType<typeof restoreVolume> {
  if (create) {
    await checkArchive(from, signal);
    await refuseTaken(engine, name, signal);
    await engine.volumes.create({ name }, signal);
  } else if (empty) {
    await checkArchive(from, signal);
    await emptyVolume(engine, name, signal);
  }
  try {
    return await restoreVolume(engine, name, from, onProgress, signal);
  } catch (error) {
    // Half of an archive is no volume that anybody has asked for.
    if (create) await engine.volumes.remove(name);
    throw error;
  }
}

async function told(
  context: Context,
  target: Target,
  options: { create?: boolean; empty?: boolean } | undefined,
): Promise<Plan> {
  const question = { title: '', none: vscode.l10n.t('There is no volume.'), single: true };
  const { engine, id } = only(await volumesOf(context, target, question));
  return { engine, name: id, create: options?.create === true, empty: options?.empty === true };
}

/** Into the volume of the row, else into one whose name is asked for. */
async function ask(context: Context, from: string): Promise<Plan> {
  const [node] = context.onRows ? context.nodes : [];
  const engine = engineOf(context);
  const proposed = basename(from)
    .replace(/\.(?:tar|tgz|tar\.gz)$/i, '')
    .replaceAll(/[^\w.-]/g, '-');
  const name =
    node?.kind === 'volume' ? node.id : await askName(vscode.l10n.t('Restore into which volume?'), proposed);
  const exists = (await listVolumes(engine)).some((volume) => volume.name === name);
  if (!exists) return { engine, name, create: true, empty: false };
  const emptyFirst = vscode.l10n.t('Empty It First');
  const answer = await confirm(
    vscode.l10n.t('Restore {0} into the volume {1}?', basename(from), name),
    vscode.l10n.t(
      'Files of the same names are replaced; all others stay, unless the volume is emptied first.',
    ),
    vscode.l10n.t('Restore'),
    emptyFirst,
  );
  return { engine, name, create: false, empty: answer === emptyFirst };
}

async function askFile(): Promise<string | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Restore from which file?'),
    openLabel: vscode.l10n.t('Restore'),
    filters: { [vscode.l10n.t('Archives')]: ['tar', 'gz', 'tgz'] },
  });
  return chosen?.[0]?.fsPath;
}
