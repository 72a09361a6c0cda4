import * as vscode from 'vscode';
import type { Pulled } from '../../engine/images';
import { EngineError, sentence } from '../../engine/errors';
import type { Context, Handler } from '../deps';
import { offer } from '../report';
import { engineOf, imagesOf } from '../target';
import { pullAll } from './pulling';
import { askWhatToPull } from './pullPick';

/** By name; from the tree, the tags of the chosen images anew. */
export const pull: Handler<'quayside.images.pull'> = async (context, options) => {
  const onImages =
    context.onRows && context.nodes.some(({ kind }) => kind === 'image' || kind === 'repository');
  if (onImages && options === undefined) return pullTags(context);
  if (!context.fromUi && !options?.reference)
    throw new EngineError('invalid', sentence('The option "{0}" is missing.', 'reference'));
  const engine = engineOf(context, options?.engine);
  const { references, platform } = options?.reference
    ? { references: [options.reference], platform: options.platform }
    : await askWhatToPull(context, engine);
  const wanted = references.map((reference) => ({
    engine,
    reference,
    ...(platform === undefined ? {} : { platform }),
  }));
  return answer(await pullAll(context, wanted));
};

async function pullTags(context: Context): Promise<ReturnType<typeof answer>> {
  const refs = await imagesOf(context, undefined, { title: '', none: '' });
  const tagged = refs.filter(({ id }) => !id.startsWith('sha256:'));
  if (tagged.length < refs.length) {
    offer(context, 'warning', vscode.l10n.t('Images without a name cannot be pulled; they were left out.'));
  }
  return answer(
    await pullAll(
      context,
      tagged.map(({ engine, id }) => ({ engine, reference: id })),
    ),
  );
}

function answer([first]: readonly Pulled[]): Pick<Pulled, 'id' | 'digest' | 'reference'> {
  const { id = '', digest = '', reference = '' } = first ?? {};
  return { id, digest, reference };
}
