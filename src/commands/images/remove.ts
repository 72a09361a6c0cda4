import * as vscode from 'vscode';
import { act, imageId } from '../act';
import { confirm, nameLines } from '../confirm';
import type { Context, Handler } from '../deps';
import { EngineError } from '../../engine/errors';
import { withSteps } from '../report';
import type { ImageRef } from '../ref';
import { imagesOf } from '../target';

/** Removes tags; an image goes with its last one. */
export const remove: Handler<'quayside.images.remove'> = async (context, target, options) => {
  const refs = await imagesOf(context, target, {
    title: vscode.l10n.t('Remove which images?'),
    none: vscode.l10n.t('There is no image.'),
  });
  if (context.fromUi && options === undefined) await ask(refs);
  try {
    return await removeImages(context, target, refs, options?.force === true);
  } catch (error) {
    if (!(error instanceof EngineError && error.kind === 'conflict')) throw error;
    const title = vscode.l10n.t('Remove with Force');
    throw withSteps(error, { title, run: () => removeImages(context, target, refs, true) });
  }
};

function removeImages(context: Context, target: unknown, refs: readonly ImageRef[], force: boolean) {
  return act(context, target, refs, {
    doing: (what) => vscode.l10n.t('Removing {0}', what),
    failing: (what) => vscode.l10n.t('Could not remove {0}.', what),
    work: ({ engine, id }, _, signal) => engine.images.remove(id, { force }, signal),
    fullId: imageId,
  });
}

async function ask(refs: readonly ImageRef[]): Promise<void> {
  const [first] = refs;
  const question =
    refs.length === 1
      ? vscode.l10n.t('Remove the image {0}?', first?.name ?? '')
      : vscode.l10n.t('Remove {0} images?', refs.length);
  const detail = refs.length > 1 ? nameLines(refs.map(({ name }) => name)) : '';
  await confirm(question, detail, vscode.l10n.t('Remove'));
}
