import * as vscode from 'vscode';
import { namesOf } from '../act';
import { givenOr } from '../ask';
import { hostPath } from '../containers/copying';
import type { Handler } from '../deps';
import { saveTo } from '../hostFiles';
import { withProgress } from '../progress';
import { imagesOf, only } from '../target';

/** Writes images with their layers and tags into one tar file, for `images.load`. */
export const save: Handler<'quayside.images.save'> = async (context, target, options) => {
  const refs = await imagesOf(context, target, {
    title: vscode.l10n.t('Save which images?'),
    none: vscode.l10n.t('There is no image.'),
  });
  const { engine } = only(refs);
  const here = refs.filter((ref) => ref.engine === engine);
  const names = namesOf(here.map(({ name }) => name));
  const to = await givenOr(context, options?.to, 'to', async () => {
    const uri = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Save {0} to', names),
      filters: { [vscode.l10n.t('Archives')]: ['tar'] },
    });
    return uri?.fsPath;
  });
  const references = here.map(({ id }) => id);
  const bytes = await withProgress(vscode.l10n.t('Saving {0}', names), async (signal, tell) =>
    saveTo(hostPath(to), await engine.images.save(references, signal), tell, signal),
  );
  return { bytes };
};
