import * as vscode from 'vscode';
import { inPlace } from '../../engine/volumes/clone';
import { withVolume } from '../../engine/volumes/helper';
import { givenOr } from '../ask';
import { askFolder, copying, hostPath, tellCopied } from '../containers/copying';
import type { Handler } from '../deps';
import { askPath, volumeOf } from './one';

/** Copies files of a volume to this computer, by the rules of `docker cp`. */
export const copyFrom: Handler<'quayside.volumes.copyFrom'> = async (context, target, options) => {
  const ref = await volumeOf(context, target, vscode.l10n.t('Copy from which volume?'));
  const path =
    options?.path ??
    (context.fromUi ? await askPath(vscode.l10n.t('Copy which path of {0}?', ref.name)) : '/');
  const to = hostPath(await givenOr(context, options?.to, 'to', askFolder));
  const copied = await copying(vscode.l10n.t('Copying from {0}', ref.name), (how, signal) =>
    withVolume(
      ref.engine,
      ref.id,
      {},
      (helper) => ref.engine.files.copyFrom(helper, inPlace(path), to, how, signal),
      signal,
    ),
  );
  tellCopied(context, copied, to);
  return { files: copied.files, bytes: copied.bytes };
};
