import * as vscode from 'vscode';
import { parseReference } from '../../engine/run/reference';
import { imageId } from '../act';
import { givenOr, problemOf } from '../ask';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import type { ImageRef } from '../ref';
import { imagesOf, only } from '../target';

/** One further name or several; each is checked before the first is given. */
export const tag: Handler<'quayside.images.tag'> = async (context, target, options) => {
  const ref = only(
    await imagesOf(context, target, {
      title: vscode.l10n.t('Tag which image?'),
      none: vscode.l10n.t('There is no image.'),
      single: true,
    }),
  );
  const given = options?.reference;
  const wanted = await givenOr(context, typeof given === 'string' ? [given] : given, 'reference', () =>
    ask(ref),
  );
  for (const reference of wanted) parseReference(reference);
  const { id, made } = await withProgress(vscode.l10n.t('Tagging {0}', ref.name), async (signal) => {
    const full = await imageId(ref, signal);
    const names: string[] = [];
    for (const reference of wanted) names.push(await ref.engine.images.tag(full, reference, signal));
    return { id: full, made: names };
  });
  const [reference = ''] = made;
  return Array.isArray(given) ? { id, reference, references: made } : { id, reference };
};

async function ask(ref: ImageRef): Promise<string[] | undefined> {
  const old = ref.id.startsWith('sha256:') ? '' : ref.id;
  const answer = await vscode.window.showInputBox({
    title: vscode.l10n.t('New tag for {0}', ref.name),
    prompt: vscode.l10n.t('Several are divided by blanks.'),
    value: old,
    // What mostly changes is the registry in front.
    valueSelection: [0, Math.max(0, old.lastIndexOf('/'))],
    placeHolder: 'registry.example.com:5000/team/app:1.0',
    validateInput: problemOf((text) => {
      const all = namesIn(text);
      for (const name of all.length === 0 ? [text] : all) parseReference(name);
    }),
  });
  return answer === undefined ? undefined : namesIn(answer);
}

function namesIn(text: string): string[] {
  return text.split(/[\s,]+/).filter(Boolean);
}
