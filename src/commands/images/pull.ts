import * as vscode from 'vscode';
import type { Engine } from '../../engine/engine';
import type { Pulled } from '../../engine/images';
import { parseReference } from '../../engine/run/reference';
import type { Progress } from '../../engine/streams/progress';
import { givenOr, problemOf } from '../ask';
import type { Context, Handler } from '../deps';
import { withProgress } from '../progress';
import { offer } from '../report';
import { engineOf, imagesOf } from '../target';
import { roughSize, TransferSizes } from './transfer';

/** By name; from the tree, the tags of the chosen images anew. */
export const pull: Handler<'quayside.images.pull'> = async (context, options) => {
  const onImages =
    context.onRows && context.nodes.some(({ kind }) => kind === 'image' || kind === 'repository');
  if (onImages && options === undefined) return pullTags(context);
  const reference = await givenOr(context, options?.reference, 'reference', () =>
    vscode.window.showInputBox({
      title: vscode.l10n.t('Pull which image?'),
      placeHolder: 'nginx, nginx:1.27, registry.example.com:5000/team/app:1.0',
      validateInput: problemOf(parseReference),
    }),
  );
  const engine = engineOf(context, options?.engine);
  const pulled = await pullImage(engine, reference, options?.platform);
  if (context.fromUi) tellPulled(context, [pulled]);
  return { id: pulled.id, digest: pulled.digest, reference: pulled.reference };
};

/** One image under one progress with a cancel button. */
export function pullImage(engine: Engine, reference: string, platform?: string): Promise<Pulled> {
  return withProgress(vscode.l10n.t('Pulling {0}', reference), (signal, tell) => {
    const sizes = new TransferSizes();
    const onProgress = (progress: Progress): void =>
      tell({ message: pullText(progress, sizes.of(progress)), fraction: progress.fraction });
    return engine.images.pull(reference, platform === undefined ? {} : { platform }, onProgress, signal);
  });
}

async function pullTags(context: Context): Promise<Pick<Pulled, 'id' | 'digest' | 'reference'>> {
  const refs = await imagesOf(context, undefined, { title: '', none: '' });
  const tagged = refs.filter(({ id }) => !id.startsWith('sha256:'));
  if (tagged.length < refs.length) {
    offer(context, 'warning', vscode.l10n.t('Images without a name cannot be pulled; they were left out.'));
  }
  const pulled: Pulled[] = [];
  // One after another: each shows how far it is.
  for (const { engine, id } of tagged) pulled.push(await pullImage(engine, id));
  tellPulled(context, pulled);
  return { id: '', digest: '', reference: '', ...pulled[0] };
}

function tellPulled(context: Context, pulled: readonly Pulled[]): void {
  const fresh = pulled.filter(({ upToDate }) => !upToDate).map(({ reference }) => reference);
  const old = pulled.filter(({ upToDate }) => upToDate).map(({ reference }) => reference);
  if (fresh.length > 0) offer(context, 'info', vscode.l10n.t('Pulled {0}.', fresh.join(', ')));
  if (old.length > 0) offer(context, 'info', vscode.l10n.t('{0} is up to date.', old.join(', ')));
}

/** `downloading 12 MB of 40 MB (3 MB/s, 9 s left)`; the engine's own last word while there is nothing to count. */
function pullText(
  { bytesPerSecond, secondsLeft, text }: Progress,
  sizes: { moved: number; total: number } | undefined,
): string {
  if (!sizes) return text;
  const { moved, total } = sizes;
  if (moved >= total) return vscode.l10n.t('extracting {0}', roughSize(total));
  const of = [roughSize(moved), roughSize(total)] as const;
  if (bytesPerSecond === undefined || secondsLeft === undefined) {
    return vscode.l10n.t('downloading {0} of {1}', ...of);
  }
  const speed = roughSize(bytesPerSecond);
  return vscode.l10n.t('downloading {0} of {1} ({2}/s, {3} s left)', ...of, speed, Math.ceil(secondsLeft));
}
