import { l10n, type MarkdownString } from 'vscode';
import type { Container, Image } from '../engine/model/types';
import { shortId } from '../engine/run/names';
import { humanSize } from '../engine/run/units';
import { bullets, card, dateText, labelBullets, lines } from './markdown';
import { escaped } from './text';

/** What the model knows of an image; `users` are the containers made of it. */
export function imageHover(image: Image, users: readonly Container[]): MarkdownString {
  const { tags, digests, id, size, created, labels } = image;
  return card([
    `**${escaped(tags[0] ?? shortId(id))}**`,
    lines(
      l10n.t('Id: {0}', escaped(id)),
      l10n.t('Created: {0}', dateText(created)),
      l10n.t('Size: {0}', escaped(humanSize(size))),
    ),
    tags.length === 0 ? l10n.t('No tag: dangling') : '',
    bullets(
      l10n.t('Tags'),
      tags.map((tag) => escaped(tag)),
    ),
    bullets(
      l10n.t('Digests'),
      digests.map((digest) => escaped(digest)),
    ),
    users.length === 0
      ? l10n.t('No container uses it')
      : bullets(
          l10n.t('Containers that use it'),
          users.map(({ name }) => escaped(name)),
        ),
    labelBullets(labels),
  ]);
}
