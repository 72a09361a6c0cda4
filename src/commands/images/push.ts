import * as vscode from 'vscode';
import { familiarString, parseReference, withDefaultTag } from '../../engine/run/reference';
import { givenOr, problemOf } from '../ask';
import type { Context, Handler } from '../deps';
import { withProgress } from '../progress';
import { offer } from '../report';
import type { ImageRef } from '../ref';
import { imagesOf, only } from '../target';
import { roughSize, TransferSizes } from './transfer';

/** Sends a tag to the registry it names. Given another name, the image gets that one first. */
export const push: Handler<'quayside.images.push'> = async (context, target, options) => {
  // What is pushed is said by its own name: it need not be said twice.
  const named = target === undefined && !context.onRows ? options?.reference : undefined;
  const ref = only(
    await imagesOf(context, named === undefined ? target : { id: named }, {
      title: vscode.l10n.t('Push which image?'),
      none: vscode.l10n.t('There is no image.'),
      single: true,
    }),
  );
  const own = ref.id.startsWith('sha256:') ? undefined : ref.id;
  const wanted = options?.reference ?? (context.fromUi ? await askName(context, ref, own) : own);
  const reference = full(await givenOr(context, wanted, 'reference', () => Promise.resolve(undefined)));
  if (own === undefined || full(own) !== reference) await ref.engine.images.tag(ref.id, reference);
  const pushed = await withProgress(vscode.l10n.t('Pushing {0}', reference), (signal, tell) => {
    const sizes = new TransferSizes();
    return ref.engine.images.push(
      reference,
      (progress) => {
        const size = sizes.of(progress);
        const message = size
          ? vscode.l10n.t('{0} of {1}', roughSize(size.moved), roughSize(size.total))
          : progress.text;
        tell({ message, fraction: progress.fraction });
      },
      signal,
    );
  });
  if (context.fromUi) offer(context, 'info', vscode.l10n.t('Pushed {0}.', pushed.reference));
  return pushed;
};

function full(name: string): string {
  return familiarString(withDefaultTag(parseReference(name)));
}

/** Where it goes is in its name: one without a registry would go to Docker Hub, so it is shown first. */
async function askName(context: Context, ref: ImageRef, own: string | undefined): Promise<string> {
  if (own !== undefined && /^(?:localhost|[^/]*[.:][^/]*)\//.test(own)) return own;
  return givenOr(context, undefined, 'reference', () =>
    vscode.window.showInputBox({
      title: vscode.l10n.t('Push {0} as', ref.name),
      value: own ?? '',
      valueSelection: [0, 0],
      placeHolder: 'registry.example.com:5000/team/app:1.0',
      prompt: vscode.l10n.t('Without a registry in front it goes to Docker Hub.'),
      validateInput: problemOf(parseReference),
    }),
  );
}
