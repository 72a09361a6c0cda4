import { l10n, ThemeColor, ThemeIcon, TreeItem, TreeItemCollapsibleState, type MarkdownString } from 'vscode';
import type { EngineError } from '../../engine/errors';
import { HUB, registryTitle } from '../../engine/registry/address';
import type { KnownRegistry } from '../../engine/registry/known';
import { webPage } from '../../engine/registry/webPage';
import { shortId } from '../../engine/run/names';
import { humanSize } from '../../engine/run/units';
import type { CommandId } from '../../ids';
import { agoText } from '../age';
import { contextValue } from '../contextValue';
import { ageOf } from '../duration';
import { bullets, card, dateText, lines } from '../markdown';
import { nodeId, type RegistryNoticeNode } from '../nodes';
import { escaped, plain } from '../text';
import { sentenceText } from '../words';
import type { Facts } from './content';

const { Collapsed, None } = TreeItemCollapsibleState;

/** More than these push the rest out of sight. */
const PLATFORMS = 3;

export function registryItem(
  node: Parameters<typeof nodeId>[0],
  { address, host, added, loggedIn, user }: KnownRegistry,
  failure: EngineError | undefined,
): TreeItem {
  const label = host === address ? registryTitle(host) : address.replace(HUB, 'Docker Hub');
  const login = user ? l10n.t('logged in as {0}', plain(user, 60)) : loggedIn ? l10n.t('logged in') : '';
  const description = failure ? stateText(failure) : login;
  const web = webPage(host) !== undefined;
  const item = rowItem(node, label, description, Collapsed);
  item.contextValue = contextValue({ kind: 'registry', added, loggedIn, web });
  item.iconPath = registryIcon(failure);
  item.tooltip = card([
    `**${escaped(label)}**`,
    lines(
      failure ? escaped(sentenceText(failure.sentence)) : escaped(login),
      label === address ? '' : escaped(address),
    ),
  ]);
  item.accessibilityInformation = {
    label: [l10n.t('{0}, registry', label), description].filter(Boolean).join(', '),
  };
  return item;
}

/** What is the matter, in a word or two; the row below says it in full. */
function stateText({ kind, status }: EngineError): string {
  if (status === 401) return l10n.t('login needed');
  if (status === 429) return l10n.t('asked too often');
  if (kind === 'tls') return l10n.t('not trusted');
  return kind === 'unreachable' ? l10n.t('not reachable') : l10n.t('cannot be read');
}

function registryIcon(failure: EngineError | undefined): ThemeIcon {
  if (!failure) return new ThemeIcon('server');
  if (failure.status === 401) return new ThemeIcon('lock');
  return new ThemeIcon('debug-disconnect', new ThemeColor('quayside.failed'));
}

export function repositoryItem(
  node: Parameters<typeof nodeId>[0],
  name: string,
  { web, local }: { web: boolean; local: boolean },
): TreeItem {
  const description = local ? l10n.t('of a local image') : '';
  const item = rowItem(node, plain(name), description, Collapsed);
  item.contextValue = contextValue({ kind: 'registryRepository', web });
  item.iconPath = new ThemeIcon('library');
  item.tooltip = card([escaped(name)]);
  item.accessibilityInformation = { label: l10n.t('{0}, repository', plain(name)) };
  return item;
}

export function tagItem(
  node: Parameters<typeof nodeId>[0],
  tag: string,
  facts: Facts | undefined,
  web: boolean,
): TreeItem {
  const description = factsText(facts);
  const item = rowItem(node, plain(tag), description, None);
  item.contextValue = contextValue({ kind: 'registryTag', web });
  item.iconPath = new ThemeIcon('tag');
  item.accessibilityInformation = {
    label: [l10n.t('{0}, tag', plain(tag)), description].filter(Boolean).join(', '),
  };
  return item;
}

function factsText(facts: Facts | undefined): string {
  if (!facts) return '';
  if ('failure' in facts) return sentenceText(facts.failure.sentence);
  const { digest, size, platforms, created } = facts;
  const more = platforms.length > PLATFORMS ? [`+${platforms.length - PLATFORMS}`] : [];
  return [
    size > 0 ? humanSize(size) : '',
    created > 0 ? agoText(ageOf(Date.now() - created)) : '',
    [...platforms.slice(0, PLATFORMS).map((one) => plain(one, 30)), ...more].join(', '),
    digest && shortId(digest),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Everything that is known of a tag. */
export function tagHover(reference: string, facts: Facts | undefined): MarkdownString {
  const title = `**${escaped(reference)}**`;
  if (!facts) return card([title]);
  if ('failure' in facts) return card([title, escaped(sentenceText(facts.failure.sentence))]);
  const { digest, size, platforms, created } = facts;
  return card([
    title,
    lines(
      digest && l10n.t('Digest: {0}', escaped(digest)),
      size > 0 ? l10n.t('Size to download: {0}', escaped(humanSize(size))) : '',
      created > 0 ? l10n.t('Created: {0}', dateText(created)) : '',
    ),
    bullets(
      l10n.t('Platforms'),
      platforms.map((platform) => escaped(platform)),
    ),
  ]);
}

const ICONS: Readonly<Record<RegistryNoticeNode['what'], string>> = {
  said: 'info',
  retry: 'refresh',
  login: 'sign-in',
  open: 'search',
  more: 'ellipsis',
};

/** What a row that is no thing says, or does when it is clicked. */
export function noticeItem(node: RegistryNoticeNode, text: string, failed: boolean): TreeItem {
  const item = rowItem(node, text, '', None);
  item.contextValue = contextValue({ kind: 'registryNotice' });
  item.iconPath = new ThemeIcon(
    failed ? 'error' : ICONS[node.what],
    failed ? new ThemeColor('quayside.failed') : undefined,
  );
  // Without arguments: the editor drops those of rows that are painted again while they are unfolded.
  if (node.what !== 'said')
    item.command = { command: 'quayside.registries.click' satisfies CommandId, title: text };
  return item;
}

function rowItem(
  node: Parameters<typeof nodeId>[0],
  label: string,
  description: string,
  state: TreeItemCollapsibleState,
): TreeItem {
  const item = new TreeItem(label, state);
  item.id = nodeId(node);
  if (description !== '') item.description = description;
  return item;
}
