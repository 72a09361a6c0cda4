import * as vscode from 'vscode';
import { answerEach } from '../each';
import type { Handler } from '../deps';
import { imagesOf } from '../target';

/** The instructions of images with the layers they made, and the lens that shows them with all their files. */
export const layers: Handler<'quayside.images.layers'> = async (context, target, options = {}) => {
  const refs = await imagesOf(context, target, {
    title: vscode.l10n.t('Show the layers of which images?'),
    none: vscode.l10n.t('There is no image.'),
  });
  const { outlineOf, showLens } = await import('../../panels/lens');
  return answerEach(target, refs, async ({ engine, id, name }) => {
    const outline = await outlineOf(engine, id);
    if (options.show !== false) showLens(context, { engine, id: outline.id, name });
    return outline.rows.map(({ createdBy, size, created, layer }) => ({
      digest: layer === undefined ? '' : (outline.layers[layer] ?? ''),
      createdBy,
      size,
      created,
    }));
  });
};
