import * as vscode from 'vscode';
import { copyValue } from '../copyValue';
import type { Handler } from '../deps';
import { imagesOf, only } from '../target';

/** Name, digest or id of an image, into the clipboard. */
export const copy: Handler<'quayside.images.copy'> = async (context, target, options) => {
  const { engine, id } = only(
    await imagesOf(context, target, {
      title: vscode.l10n.t('Copy from which image?'),
      none: vscode.l10n.t('There is no image.'),
      single: true,
    }),
  );
  const { Id, RepoTags, RepoDigests } = (await engine.images.inspect(id)) as {
    Id?: string;
    RepoTags?: readonly string[] | null;
    RepoDigests?: readonly string[] | null;
  };
  const tags = RepoTags ?? [];
  return copyValue(
    [
      { what: 'name', label: vscode.l10n.t('Name'), value: tags.includes(id) ? id : (tags[0] ?? '') },
      { what: 'digest', label: vscode.l10n.t('Digest'), value: RepoDigests?.[0] ?? '' },
      { what: 'id', label: vscode.l10n.t('Id'), value: Id ?? '' },
    ],
    options?.what,
  );
};
