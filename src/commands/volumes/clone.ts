import * as vscode from 'vscode';
import { cloneVolume } from '../../engine/volumes/clone';
import { copying, tellCopied } from '../containers/copying';
import { givenOr } from '../ask';
import type { Handler } from '../deps';
import { askName, volumeOf } from './one';

/** A new volume with all that is in another. */
export const clone: Handler<'quayside.volumes.clone'> = async (context, target, options) => {
  const { engine, id, name } = await volumeOf(context, target, vscode.l10n.t('Clone which volume?'));
  const to = await givenOr(context, options?.name, 'name', () =>
    askName(vscode.l10n.t('Name of the clone of {0}', name), `${name.slice(0, 40)}-copy`),
  );
  const copied = await copying(vscode.l10n.t('Cloning {0}', name), (how, signal) =>
    cloneVolume(engine, id, to, how.onProgress, signal),
  );
  tellCopied(context, copied, to);
  return { name: to, files: copied.files, bytes: copied.bytes };
};
