import * as vscode from 'vscode';
import { copyValue } from '../copyValue';
import type { Handler } from '../deps';
import { volumeOf } from './one';

/** Name or place of a volume, into the clipboard. */
export const copy: Handler<'quayside.volumes.copy'> = async (context, target, options) => {
  const { engine, id } = await volumeOf(context, target, vscode.l10n.t('Copy from which volume?'));
  const { Name, Mountpoint } = (await engine.volumes.inspect(id)) as { Name?: string; Mountpoint?: string };
  return copyValue(
    [
      { what: 'name', label: vscode.l10n.t('Name'), value: Name ?? '' },
      { what: 'mountpoint', label: vscode.l10n.t('Mountpoint'), value: Mountpoint ?? '' },
    ],
    options?.what,
  );
};
