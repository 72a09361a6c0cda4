import * as vscode from 'vscode';
import { EngineError, sentence } from '../../engine/errors';
import { humanSize } from '../../engine/run/units';
import type { Context, Handler } from '../deps';
import { pickImages } from '../pick';
import { withProgress } from '../progress';
import type { ImageRef } from '../ref';
import { imagesOf } from '../target';

/** What differs between two images: configuration, layers, files. */
export const compare: Handler<'quayside.images.compare'> = async (context, target, options = {}) => {
  const [before, after] = await both(context, target, options.with);
  const { readComparison, showComparison } = await import('../../panels/lens');
  if (context.fromUi) {
    showComparison(context, before, after);
    return undefined;
  }
  return withProgress(
    vscode.l10n.t('Comparing {0} with {1}', before.name, after.name),
    async (signal, tell) => {
      const read = await readComparison(
        before,
        after,
        (bytes) => tell({ message: humanSize(bytes) }),
        signal,
      );
      if (options.show !== false) showComparison(context, before, after, read);
      return read.answer();
    },
  );
};

async function both(
  context: Context,
  target: Parameters<Handler<'quayside.images.compare'>>[1],
  other: string | { readonly id: string; readonly engine?: string } | undefined,
): Promise<readonly [ImageRef, ImageRef]> {
  const chosen = await imagesOf(context, target, {
    title: vscode.l10n.t('Compare which two images?'),
    none: vscode.l10n.t('There is no image.'),
  });
  const given = typeof other === 'string' ? { id: other } : other;
  const named = given === undefined ? [] : await imagesOf(context, given, QUESTION());
  const refs = [...chosen, ...named];
  const [first, second] = refs;
  if (first && second && refs.length === 2) return [first, second];
  if (first && refs.length === 1 && context.fromUi) {
    const question = { ...QUESTION(), title: vscode.l10n.t('Compare {0} with which image?', first.name) };
    const [asked] = await pickImages({ ...context, nodes: [] }, question);
    if (asked) return [first, asked];
  }
  throw new EngineError('invalid', sentence('Two images are compared. Choose two, not {0}.', refs.length));
}

const QUESTION = () => ({
  title: vscode.l10n.t('Compare with which image?'),
  none: vscode.l10n.t('There is no image.'),
  single: true,
});
