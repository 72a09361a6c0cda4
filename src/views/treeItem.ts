import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { shortId } from '../engine/run/names';
import { humanSize } from '../engine/run/units';
import type { CommandId } from '../ids';
import { agoText } from './age';
import { contextValue } from './contextValue';
import { engineIcon, groupIcon, imageIcon, networkIcon, volumeIcon, type Icon } from './icons';
import { NO_REPOSITORY, nodeId, type Node } from './nodes';
import type {
  ContainerGroupRow,
  ContainerRow,
  EngineRow,
  ImageRow,
  NetworkRow,
  RepositoryRow,
  Row,
  StorageGroupRow,
  UserRow,
  VolumeRow,
} from './rows';
import { plain } from './text';
import { groupText, sentenceText, statusText } from './words';

/** How a row is drawn. `id` never changes; whatever hangs on state is in the other fields. */
export function treeItem(node: Node, row: Row, shape: Shape): TreeItem {
  const item = new TreeItem('', collapsibleState(row, shape));
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

interface Shape {
  /** There is nothing under it now. */
  readonly leaf: boolean;
  readonly collapsed: boolean;
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
    case 'volumeGroup':
    case 'networkGroup':
      return drawStorageGroup(row);
    case 'volume':
      return drawVolume(row);
    case 'network':
      return drawNetwork(row);
    case 'volumeUser':
    case 'endpoint':
      return drawUser(row);
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

function drawStorageGroup({ kind, by, name, count }: StorageGroupRow): Drawn {
  const rest = kind === 'volumeGroup' ? l10n.t('Individual Volumes') : l10n.t('Individual Networks');
  const label = by === 'none' ? rest : plain(name);
  const description = count === undefined ? '' : String(count);
  return { label, description, icon: groupIcon(by), spoken: [label, description].filter(Boolean).join(', ') };
}

function drawVolume(row: VolumeRow): Drawn {
  const { anonymous, name, users, age, size } = row;
  // Nobody can tell names of 64 digits apart; twelve are what the CLI shows of an id.
  const label = plain(anonymous && /^[0-9a-f]{64}$/.test(name) ? shortId(name) : name);
  const [first = '', ...more] = users.map((user) => plain(user, 60));
  const use =
    users.length === 0
      ? ''
      : more.length === 0
        ? l10n.t('used by {0}', first)
        : l10n.t('used by {0} and {1} more', first, more.length);
  const description = [
    anonymous ? l10n.t('anonymous') : '',
    size === undefined ? '' : humanSize(size),
    row.driver === 'local' ? '' : plain(row.driver, 60),
    age ? agoText(age) : '',
    use,
  ]
    .filter(Boolean)
    .join(' · ');
  return {
    label,
    description,
    icon: volumeIcon(row),
    spoken: l10n.t('{0}, volume, {1}', label, description),
  };
}

function drawNetwork(row: NetworkRow): Drawn {
  const label = plain(row.name);
  const [first, second] = row.subnets;
  const subnet = first === undefined ? '' : plain(first.subnet, 60) + (second ? ' …' : '');
  const gateway = first?.gateway ? l10n.t('gateway {0}', plain(first.gateway, 60)) : '';
  const description = [
    plain(row.driver, 60),
    subnet,
    gateway,
    row.internal ? l10n.t('internal') : '',
    row.predefined ? l10n.t('system') : '',
  ]
    .filter(Boolean)
    .join(' · ');
  return {
    label,
    description,
    icon: networkIcon(row),
    spoken: l10n.t('{0}, network, {1}', label, description),
  };
}

function drawUser({ kind, name, icon, place, readOnly = false, aliases = [] }: UserRow): Drawn {
  const label = plain(name);
  const description = [plain(place), readOnly ? l10n.t('read-only') : '', plain(aliases.join(', '))]
    .filter(Boolean)
    .join(' · ');
  return {
    label,
    description,
    icon,
    spoken:
      kind === 'volumeUser'
        ? l10n.t('{0}, container that uses it, {1}', label, description)
        : l10n.t('{0}, container connected to it, {1}', label, description),
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

/** What is under these is not known before it is wanted. */
const UNREAD: ReadonlySet<Row['kind']> = new Set(['engine', 'container', 'files']);

function collapsibleState(row: Row, { leaf, collapsed }: Shape): TreeItemCollapsibleState {
  if (row.kind === 'container' && row.state === 'removing') return TreeItemCollapsibleState.None;
  if (leaf && !UNREAD.has(row.kind)) return TreeItemCollapsibleState.None;
  return collapsed ? TreeItemCollapsibleState.Collapsed : TreeItemCollapsibleState.Expanded;
}

const themeIcons = new Map<string, ThemeIcon>();

function themeIcon({ id, color = '' }: Icon): ThemeIcon {
  const key = `${id}/${color}`;
  const known = themeIcons.get(key) ?? new ThemeIcon(id, color === '' ? undefined : new ThemeColor(color));
  themeIcons.set(key, known);
  return known;
}
