import { l10n, type MarkdownString } from 'vscode';
import type { Container, Network, Volume } from '../engine/model/types';
import { bullets, card, dateText, labelBullets, lines } from './markdown';
import { escaped } from './text';

/** What the model knows of a volume; `users` are the containers that use it. */
export function volumeHover(volume: Volume, users: readonly Container[]): MarkdownString {
  const { name, driver, mountpoint, created, labels, options, anonymous } = volume;
  return card([
    `**${escaped(name)}**`,
    anonymous ? l10n.t('Anonymous: made for a container, without a name being asked for') : '',
    lines(
      l10n.t('Driver: {0}', escaped(driver)),
      mountpoint === '' ? '' : l10n.t('Place on the engine’s machine: {0}', escaped(mountpoint)),
      created === 0 ? '' : l10n.t('Created: {0}', dateText(created)),
    ),
    users.length === 0
      ? l10n.t('No container uses it')
      : bullets(
          l10n.t('Containers that use it'),
          users.map((user) => escaped(user.name)),
        ),
    bullets(
      l10n.t('Driver options'),
      Object.entries(options).map(([key, value]) => `${escaped(key, 80)} \\= ${escaped(value, 100)}`),
    ),
    labelBullets(labels),
  ]);
}

/** What the model knows of a network; `users` are the containers that are connected. */
export function networkHover(network: Network, users: readonly Container[]): MarkdownString {
  const { name, id, driver, scope, created, subnets, predefined, internal, attachable, ipv6, labels } =
    network;
  const traits = [
    predefined ? l10n.t('made by the engine itself') : '',
    internal ? l10n.t('internal: no way out') : '',
    attachable ? l10n.t('attachable') : '',
    ipv6 ? 'IPv6' : '',
  ].filter(Boolean);
  return card([
    `**${escaped(name)}**`,
    traits.join(', '),
    lines(
      l10n.t('Driver: {0}', escaped(driver)),
      l10n.t('Scope: {0}', escaped(scope)),
      created === 0 ? '' : l10n.t('Created: {0}', dateText(created)),
      l10n.t('Id: {0}', escaped(id.slice(0, 12))),
    ),
    bullets(
      l10n.t('Subnets'),
      subnets.map(({ subnet, gateway }) =>
        gateway === '' ? escaped(subnet) : l10n.t('{0}, gateway {1}', escaped(subnet), escaped(gateway)),
      ),
    ),
    users.length === 0
      ? l10n.t('No container is connected')
      : bullets(
          l10n.t('Connected containers'),
          users.map((user) => {
            const ip = user.networks.find((one) => one.name === name)?.ip ?? '';
            return ip === '' ? escaped(user.name) : `${escaped(user.name)}: ${escaped(ip)}`;
          }),
        ),
    labelBullets(labels),
  ]);
}
