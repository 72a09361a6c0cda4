import * as vscode from 'vscode';
import { cancelled, toEngineError } from '../../engine/errors';
import { familiarString, parseReference, withDefaultTag } from '../../engine/run/reference';
import { shortId } from '../../engine/run/names';
import { givenOr } from '../ask';
import type { Handler } from '../deps';
import { roughSize, TransferSizes } from '../images/transfer';
import { withProgress } from '../progress';
import type { ImageRef } from '../ref';
import { offer } from '../report';
import { imagesOf, only } from '../target';
import { copyDigest, reportTransfer } from './pulling';
import { askPushName } from './pushName';

type Pushed = { digest: string; reference: string };

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
  const wanted = options?.reference ?? (context.fromUi ? await askPushName(context, ref, own) : own);
  const reference = full(await givenOr(context, wanted, 'reference', () => Promise.resolve(undefined)));
  const work = (): Promise<Pushed> => tagAndPush(ref, own, reference);
  if (!context.fromUi) return work();
  const attempt = async (): Promise<Pushed | undefined> => {
    try {
      const pushed = await work();
      const { digest } = pushed;
      offer(
        context,
        'info',
        digest === ''
          ? vscode.l10n.t('Pushed {0}.', pushed.reference)
          : vscode.l10n.t('Pushed {0} (sha256:{1}).', pushed.reference, shortId(digest)),
        digest === '' ? [] : [copyDigest(digest)],
      );
      context.registries.forget(parseReference(reference).domain);
      return pushed;
    } catch (error) {
      reportTransfer(context, reference, toEngineError(error), attempt);
      return undefined;
    }
  };
  const pushed = await attempt();
  if (!pushed) throw cancelled();
  return pushed;
};

/** A name that the image was only given to be pushed goes again when that comes to nothing. */
async function tagAndPush(ref: ImageRef, own: string | undefined, reference: string): Promise<Pushed> {
  const { images } = ref.engine;
  const gives = own === undefined || full(own) !== reference;
  const fresh = gives && !(await images.has(reference));
  if (gives) await images.tag(ref.id, reference);
  try {
    return await pushImage(ref, reference);
  } catch (error) {
    if (fresh) await images.remove(reference, { noPrune: true }).catch(() => undefined);
    throw error;
  }
}

function pushImage(ref: ImageRef, reference: string): Promise<Pushed> {
  return withProgress(vscode.l10n.t('Pushing {0}', reference), (signal, tell) => {
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
}

function full(name: string): string {
  return familiarString(withDefaultTag(parseReference(name)));
}
