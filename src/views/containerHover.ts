import { l10n, type MarkdownString } from 'vscode';
import type { Container, ContainerNetwork, Mount, Port } from '../engine/model/types';
import { shortId } from '../engine/run/names';
import { webAddress } from '../engine/webAddress';
import type { ContainerGroupNode } from './nodes';
import { bullets, card, dateText, labelBullets, lines } from './markdown';
import { statusOf } from './status';
import { escaped } from './text';
import { groupText, statusText } from './words';

/** What the model knows of a container; nothing is asked of the engine, whose address is `host`. */
export function containerHover(container: Container, host: string | undefined, now: number): MarkdownString {
  const { name, image, command, ports, mounts, networks, labels, id, created } = container;
  return card([
    `**${escaped(name)}**`,
    lines(
      [statusText(statusOf(container, now)), sinceText(container, now)].filter(Boolean).join(', '),
      healthText(container),
    ),
    lines(
      l10n.t('Image: {0}', escaped(image)),
      command === '' ? '' : l10n.t('Command: {0}', escaped(command)),
      l10n.t('Created: {0}', dateText(created)),
      l10n.t('Id: {0}', escaped(shortId(id))),
    ),
    bullets(
      l10n.t('Ports'),
      ports.map((port) => portText(port, host)),
    ),
    bullets(l10n.t('Mounts'), mounts.map(mountText)),
    bullets(l10n.t('Networks'), networks.map(networkText)),
    labelBullets(labels),
  ]);
}

/** What the labels of its containers tell of a project. */
export function groupHover({ by, name }: ContainerGroupNode, members: readonly Container[]): MarkdownString {
  const running = members.filter(({ state }) => state === 'running').length;
  const label = (key: string): string => members.find(({ labels }) => labels[key])?.labels[key] ?? '';
  const folder = label('com.docker.compose.project.working_dir');
  const files = label('com.docker.compose.project.config_files');
  return card([
    `**${escaped(groupText(by, name))}**`,
    l10n.t('{0} of {1} running', running, members.length),
    by !== 'compose'
      ? ''
      : lines(
          folder === '' ? '' : l10n.t('Folder: {0}', escaped(folder)),
          files === '' ? '' : l10n.t('Files: {0}', escaped(files)),
        ),
  ]);
}

/** The engine tells an age and no time: what is older than an hour is known to the half hour, at best. */
function sinceText({ state, since }: Container, now: number): string {
  if (state === 'created' || state === 'removing' || state === 'dead') return '';
  const time = dateText(since, 'short');
  return now - since < 3_600_000 ? l10n.t('since {0}', time) : l10n.t('since about {0}', time);
}

function healthText({ health }: Container): string {
  switch (health) {
    case undefined:
      return '';
    case 'healthy':
      return l10n.t('Health: healthy');
    case 'unhealthy':
      return l10n.t('Health: unhealthy');
    case 'starting':
      return l10n.t('Health: starting');
  }
}

function portText(port: Port, host: string | undefined): string {
  const { ip = '', publicPort, privatePort, protocol } = port;
  if (publicPort === undefined) return l10n.t('{0}, not published', `${privatePort}/${protocol}`);
  const everywhere = ip === '' || ip === '0.0.0.0' || ip === '::';
  const text = escaped(`${everywhere ? '' : `${ip}:`}${publicPort} → ${privatePort}/${protocol}`);
  const address = webAddress(port, host);
  return address === undefined ? text : `[${text}](${encodeURI(address).replace(/[()]/g, '')})`;
}

function mountText({ type, source, destination, writable }: Mount): string {
  const access = writable ? 'rw' : 'ro';
  const from = source === '' ? '' : `${escaped(source)} → `;
  return `${escaped(type)} ${from}${escaped(destination)} (${access})`;
}

function networkText({ name, ip }: ContainerNetwork): string {
  return ip === '' ? escaped(name) : `${escaped(name)}: ${escaped(ip)}`;
}
