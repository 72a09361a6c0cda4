import * as vscode from 'vscode';
import { cancelled } from '../../engine/errors';
import type { Volume } from '../../engine/model/types';
import type { Target } from '../../ids';
import type { Context } from '../deps';
import type { Ref } from '../ref';
import { only, volumesOf } from '../target';

/** The one volume that a command is for. */
export async function volumeOf(context: Context, target: Target, title: string): Promise<Ref<Volume>> {
  return only(
    await volumesOf(context, target, { title, none: vscode.l10n.t('There is no volume.'), single: true }),
  );
}

/** A path in a volume; `/` is the volume itself. */
export async function askPath(title: string): Promise<string> {
  const path = await vscode.window.showInputBox({ title, value: '/', ignoreFocusOut: true });
  if (path === undefined) throw cancelled();
  return path.startsWith('/') ? path : `/${path}`;
}

/** The name of a volume that is to be made. */
export async function askName(title: string, value = ''): Promise<string> {
  const name = await vscode.window.showInputBox({
    title,
    value,
    placeHolder: 'data',
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^[a-zA-Z0-9][\w.-]+$/.test(text)
        ? undefined
        : vscode.l10n.t(
            'Use letters, digits, "_", "." and "-", two at least, and begin with a letter or a digit.',
          ),
  });
  if (name === undefined) throw cancelled();
  return name;
}
