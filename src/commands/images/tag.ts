import * as vscode from 'vscode';
import { parseReference } from '../../engine/run/reference';
import { imageId } from '../act';
import { givenOr, problemOf } from '../ask';
import type { Handler } from '../deps';
import { imagesOf, only } from '../target';

export const tag: Handler<'quayside.images.tag'> = async (context, target, options) => {
  const ref = only(
    await imagesOf(context, target, {
      title: vscode.l10n.t('Tag which image?'),
      none: vscode.l10n.t('There is no image.'),
      single: true,
    }),
  );
  const wanted = await givenOr(context, options?.reference, 'reference', () => {
    const old = ref.id.startsWith('sha256:') ? '' : ref.id;
    return vscode.window.showInputBox({
      title: vscode.l10n.t('New tag for {0}', ref.name),
      value: old,
      // What mostly changes is the registry in front.
      valueSelection: [0, Math.max(0, old.lastIndexOf('/'))],
      placeHolder: 'registry.example.com:5000/team/app:1.0',
      validateInput: problemOf(parseReference),
    });
  });
  const id = await imageId(ref);
  return { id, reference: await ref.engine.images.tag(id, wanted) };
};
