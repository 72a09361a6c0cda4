import * as vscode from 'vscode';
import { showDocument } from '../documents/show';
import { answerEach } from '../each';
import type { Handler } from '../deps';
import { imagesOf } from '../target';
import { layersOf } from './layersOf';

export const layers: Handler<'quayside.images.layers'> = async (context, target, options = {}) => {
  const refs = await imagesOf(context, target, {
    title: vscode.l10n.t('Show the layers of which images?'),
    none: vscode.l10n.t('There is no image.'),
  });
  return answerEach(target, refs, async ({ engine, id, name }) => {
    const rows = await layersOf(engine, id);
    const subject = { kind: 'layers', engine: engine.name, id } as const;
    if (options.show !== false) await showDocument(subject, vscode.l10n.t('Layers of {0}', name));
    return rows;
  });
};
