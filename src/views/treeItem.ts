import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { shortId } from '../engine/run/names';
import { humanSize } from '../engine/run/units';
import type { CommandId } from '../ids';
import { agoText } from './age';
import { contextValue } from './contextValue';
import { engineIcon, groupIcon, imageIcon, type Icon } from './icons';
import { NO_REPOSITORY, nodeId, type Node } from './nodes';
import type { ContainerGroupRow, ContainerRow, EngineRow, ImageRow, RepositoryRow, Row } from './rows';
import { plain } from './text';
import { groupText, sentenceText, statusText } from './words';

/** How a row is drawn. `id` never changes; whatever hangs on state is in the other fields. */
export function treeItem(node: Node, row: Row, collapsed: boolean): TreeItem {
  const item = new TreeItem('', collapsibleState(row, collapsed));
  item.id = nodeId(node);
  item.contextValue = contextValue(row);
  const { label, description, icon, spoken } = drawn(row);
  item.label = label;
  if (description !== '') item.description = description;
  item.iconPath = themeIcon(icon);
  item.accessibilityInformation = { label: spoken };
  if (row.kind === 'container' && row.state === 'running')
    item.command = { command: 'quayside.views.click' satisfies CommandId, title: '', arguments: [node] };
  return item;
}

interface Drawn {
  readonly label: string;
  readonly description: string;
  readonly icon: Icon;
  /** The whole row for who hears it. */
  readonly spoken: string;
}

function drawn(row: Row): Drawn {
  switch (row.kind) {
    case 'container':
      return drawContainer(row);
    case 'containerGroup':
      return drawGroup(row);
    case 'image':
      return drawImage(row);
    case 'files':
      return drawFiles();
    case 'repository':
      return drawRepository(row);
    case 'engine':
      return drawEngine(row);
  }
}

/** More ports than these say little and push everything else out of sight. */
const PORTS = 3;

function drawContainer(row: ContainerRow): Drawn {
  const label = plain(row.name);
  const image = plain(/^(?:sha256:)?[0-9a-f]{64}$/.test(row.image) ? shortId(row.image) : row.image, 60);
  const status = statusText(row.status);
  const more = row.ports.length > PORTS ? ['…'] : [];
  const ports = [...row.ports.slice(0, PORTS), ...more].join(', ');
  return {
    label,
    description: [status, ports, image].filter(Boolean).join(' · '),
    icon: row.icon,
    spoken:
      row.ports.length > 0
        ? l10n.t('{0}, container, {1}, image {2}, ports {3}', label, status, image, row.ports.join(', '))
        : l10n.t('{0}, container, {1}, image {2}', label, status, image),
  };
}

function drawGroup({ by, name, count }: ContainerGroupRow): Drawn {
  const label = groupText(by, name);
  if (!count) return { label, description: '', icon: groupIcon(by), spoken: label };
  const { running, total } = count;
  return {
    label,
    description: `${running}/${total}`,
    icon: groupIcon(by),
    spoken:
      by === 'stack'
        ? l10n.t('{0}, Swarm stack, {1} of {2} running', label, running, total)
        : l10n.t('{0}, compose project, {1} of {2} running', label, running, total),
  };
}

function drawImage(row: ImageRow): Drawn {
  const label = plain(row.label);
  const size = humanSize(row.size);
  const ago = agoText(row.age);
  const use = row.used ? l10n.t('in use') : row.tagged ? '' : l10n.t('dangling');
  return {
    label,
    description: [size, ago, use].filter(Boolean).join(' · '),
    icon: imageIcon(row),
    spoken: [l10n.t('{0}, image, {1}, made {2}', label, size, ago), use].filter(Boolean).join(', '),
  };
}

function drawFiles(): Drawn {
  const label = l10n.t('Files');
  return { label, description: '', icon: { id: 'list-tree' }, spoken: label };
}

function drawRepository({ name, images }: RepositoryRow): Drawn {
  const label = plain(name);
  return {
    label,
    description: String(images),
    icon: { id: 'library' },
    spoken:
      name === NO_REPOSITORY
        ? l10n.t('{0} images without a name', images)
        : l10n.t('{0}, repository, {1} images', label, images),
  };
}

function drawEngine({ name, state, reason }: EngineRow): Drawn {
  const label = plain(name);
  const description = reason ? sentenceText(reason) : state === 'starting' ? l10n.t('connecting') : '';
  return {
    label,
    description,
    icon: engineIcon(state),
    spoken:
      description === '' ? l10n.t('{0}, engine', label) : l10n.t('{0}, engine, {1}', label, description),
  };
}

function collapsibleState(row: Row, collapsed: boolean): TreeItemCollapsibleState {
  if (row.kind === 'image') return TreeItemCollapsibleState.None;
  if (row.kind === 'container' && row.state === 'removing') return TreeItemCollapsibleState.None;
  return collapsed ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded;
}

const themeIcons = new Map<string, ThemeIcon>();

function themeIcon({ id, color = '' }: Icon): ThemeIcon {
  const key = `${id}/${color}`;
  const known = themeIcons.get(key) ?? new ThemeIcon(id, color === '' ? undefined : new ThemeColor(color));
  themeIcons.set(key, known);
  return known;
}
