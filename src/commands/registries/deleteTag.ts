import * as vscode from 'vscode';
import { registryTitle } from '../../engine/registry/address';
import { digestOf } from '../../engine/registry/describe';
import { removeImage } from '../../engine/registry/remove';
import { shortId } from '../../engine/run/names';
import { confirm, requireConfirmed } from '../confirm';
import type { Handler } from '../deps';
import { withProgress } from '../progress';
import { offer } from '../report';
import { tagOf } from './registryOf';

/** Removes the image of a tag from its registry. */
export const deleteTag: Handler<'quayside.registries.deleteTag'> = async (context, target, options) => {
  const { reference, parsed } = await tagOf(context, target, vscode.l10n.t('Delete which tag?'));
  if (!context.fromUi) requireConfirmed({ ...target, ...options });
  const { domain, path, tag = 'latest' } = parsed;
  const client = await context.registries.client(domain);
  const digest = await withProgress(vscode.l10n.t('Asking for the digest of {0}', reference), (signal) =>
    digestOf(client, path, tag, signal),
  );
  if (context.fromUi) {
    await confirm(
      vscode.l10n.t('Delete {0} from {1}?', reference, registryTitle(domain)),
      vscode.l10n.t(
        'The image {0} goes from the registry, and with it every other tag that names the same image. Images on your engines stay.',
        shortId(digest),
      ),
      vscode.l10n.t('Delete'),
    );
  }
  await withProgress(vscode.l10n.t('Deleting {0}', reference), (signal) =>
    removeImage(client, path, tag, digest, signal),
  );
  context.registries.forget(domain);
  if (context.fromUi) offer(context, 'info', vscode.l10n.t('Deleted {0}.', reference));
  return { reference, digest };
};
