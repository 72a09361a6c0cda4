import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import type { ServicePort } from '../../engine/model/types';
import { humanSize } from '../../engine/run/units';
import { agoText } from '../age';
import { contextValue } from '../contextValue';
import { nodeId, type Node } from '../nodes';
import { plain } from '../text';
import type { ServiceRow, SwarmGroupRow, SwarmMemberRow, SwarmRow, TaskRow } from './rows';

interface Drawn {
  readonly label: string;
  readonly description: string;
  readonly icon: ThemeIcon;
  /** The whole row for who hears it. */
  readonly spoken: string;
}

/** How a row of the Swarm view is drawn. */
export function swarmItem(node: Node, row: SwarmRow, shape: { leaf: boolean; folded: boolean }): TreeItem {
  const { label, description, icon, spoken } = drawn(row);
  const item = new TreeItem(
    label,
    shape.leaf
      ? TreeItemCollapsibleState.None
      : shape.folded
        ? TreeItemCollapsibleState.Collapsed
        : TreeItemCollapsibleState.Expanded,
  );
  item.id = nodeId(node);
  item.contextValue = contextValue(row);
  item.description = description;
  item.iconPath = icon;
  item.accessibilityInformation = { label: spoken };
  const tooltip = hoverText(row);
  if (tooltip !== '') item.tooltip = tooltip;
  return item;
}

/** What a row has no room for: why something failed, what a machine is. */
function hoverText(row: SwarmRow): string {
  switch (row.kind) {
    case 'task':
      return plain(row.error, 1000);
    case 'service':
      return row.update === '' ? '' : plain(row.updateMessage, 1000);
    case 'swarmMember':
      return [
        plain(row.address, 100),
        l10n.t('Docker {0}', plain(row.engineVersion, 60)),
        l10n.t('{0} CPUs', row.cpus),
        humanSize(row.memory),
      ].join(' · ');
    default:
      return '';
  }
}

function drawn(row: SwarmRow): Drawn {
  switch (row.kind) {
    case 'engine': {
      const label = plain(row.name);
      return { label, description: '', icon: icon('server'), spoken: l10n.t('{0}, engine', label) };
    }
    case 'swarmGroup':
      return drawGroup(row);
    case 'service':
      return drawService(row);
    case 'task':
      return drawTask(row);
    case 'swarmMember':
      return drawMember(row);
  }
}

function drawGroup({ group, count }: SwarmGroupRow): Drawn {
  const label = group === 'services' ? l10n.t('Services') : l10n.t('Nodes');
  return {
    label,
    description: String(count),
    icon: icon(group === 'services' ? 'layers' : 'server-environment'),
    spoken: `${label}, ${String(count)}`,
  };
}

function drawService({ name, mode, running, desired, image, ports, update }: ServiceRow): Drawn {
  const label = plain(name);
  const count = `${String(running)}/${String(desired)}`;
  const description = [
    count,
    mode === 'global' ? l10n.t('on every node') : mode === 'job' ? l10n.t('job') : '',
    update === '' ? '' : updateText(update),
    plain(image, 100),
    ...ports.map(portText),
  ]
    .filter(Boolean)
    .join(' · ');
  return {
    label,
    description,
    icon:
      desired === 0
        ? icon('circle-large-outline', 'quayside.stopped')
        : running >= desired
          ? icon('pass-filled', 'quayside.running')
          : icon('warning', running === 0 ? 'quayside.failed' : 'quayside.starting'),
    spoken: l10n.t('{0}, service, {1} of {2} running, image {3}', label, running, desired, plain(image, 100)),
  };
}

/** `8080->80`, with what is not TCP. */
function portText({ published, target, protocol }: ServicePort): string {
  const suffix = protocol === 'tcp' ? '' : `/${plain(protocol, 10)}`;
  return published === 0 ? '' : `${String(published)}->${String(target)}${suffix}`;
}

/** States of `api/types/swarm/service.go` in moby, except those that say that it is over. */
function updateText(state: string): string {
  switch (state) {
    case 'updating':
      return l10n.t('updating');
    case 'paused':
      return l10n.t('update stopped');
    case 'rollback_started':
      return l10n.t('rolling back');
    case 'rollback_paused':
      return l10n.t('rollback stopped');
    default:
      return plain(state, 30);
  }
}

function drawTask({ name, state, node, age, error }: TaskRow): Drawn {
  const label = plain(name);
  const description = [
    plain(state, 30),
    plain(error, 120),
    node === '' ? l10n.t('no node yet') : plain(node, 60),
    agoText(age),
  ]
    .filter(Boolean)
    .join(' · ');
  return { label, description, icon: taskIcon(state), spoken: l10n.t('{0}, task, {1}', label, description) };
}

function taskIcon(state: string): ThemeIcon {
  switch (state) {
    case 'running':
      return icon('play', 'quayside.running');
    case 'complete':
      return icon('debug-stop', 'quayside.stopped');
    case 'failed':
    case 'rejected':
    case 'orphaned':
      return icon('error', 'quayside.failed');
    case 'shutdown':
    case 'remove':
      return icon('circle-slash', 'quayside.stopped');
    default:
      return icon('sync', 'quayside.starting');
  }
}

function drawMember({ name, role, leader, state, availability, tasks }: SwarmMemberRow): Drawn {
  const label = plain(name);
  const description = [
    role === 'manager' ? l10n.t('manager') : l10n.t('worker'),
    leader ? l10n.t('leader') : '',
    state === 'ready' ? '' : plain(state, 30),
    availability === 'pause'
      ? l10n.t('paused: no new tasks')
      : availability === 'drain'
        ? l10n.t('drained: no tasks')
        : '',
    tasks === 1 ? l10n.t('1 task') : l10n.t('{0} tasks', tasks),
  ]
    .filter(Boolean)
    .join(' · ');
  return {
    label,
    description,
    icon:
      state !== 'ready'
        ? icon('vm-outline', 'quayside.failed')
        : availability === 'active'
          ? icon('vm-active', 'quayside.running')
          : icon('vm', 'quayside.paused'),
    spoken: l10n.t('{0}, node, {1}', label, description),
  };
}

function icon(id: string, color?: string): ThemeIcon {
  return new ThemeIcon(id, color === undefined ? undefined : new ThemeColor(color));
}
