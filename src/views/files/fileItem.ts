import { l10n, ThemeIcon, TreeItem, TreeItemCollapsibleState } from 'vscode';
import { humanSize } from '../../engine/run/units';
import type { CommandId } from '../../ids';
import { contextValue } from '../contextValue';
import type { FileNode } from '../nodes';
import { plain } from '../text';
import { modeText, type FileRow } from './fileRows';
import { uriOf } from './uri';

/**
 * How a file is drawn; its letter and colour come with its address. It has no id: the editor knows it by its node, and
 * when it is told to paint a directory while it asks what is in one below, it takes the same id for a second row and fails.
 */
export function fileItem(node: FileNode, row: FileRow): TreeItem {
  const isDirectory = row.as === 'directory';
  const { Collapsed, None } = TreeItemCollapsibleState;
  const item = new TreeItem(plain(row.name), isDirectory ? Collapsed : None);
  item.contextValue = contextValue({ kind: 'file', as: row.as, change: row.change });
  item.resourceUri = uriOf(node);
  item.iconPath = iconOf(row);
  item.description = description(row);
  item.tooltip = tooltip(row);
  item.accessibilityInformation = { label: spoken(row) };
  if (row.as === 'file' || row.as === 'deleted')
    item.command = { command: 'quayside.files.open' satisfies CommandId, title: '', arguments: [node] };
  return item;
}

/** A sentence in the place of files. */
export function noticeItem(text: string): TreeItem {
  const item = new TreeItem(plain(text), TreeItemCollapsibleState.None);
  item.contextValue = contextValue({ kind: 'fileNotice' });
  item.iconPath = new ThemeIcon('info');
  item.tooltip = text;
  return item;
}

function iconOf({ as, file }: FileRow): ThemeIcon {
  if (file?.type === 'symlink')
    return new ThemeIcon(as === 'directory' ? 'file-symlink-directory' : 'file-symlink-file');
  if (as === 'directory') return ThemeIcon.Folder;
  if (as === 'special') return new ThemeIcon('circle-outline');
  return as === 'deleted' ? new ThemeIcon('trash') : ThemeIcon.File;
}

function description({ file, as }: FileRow): string {
  if (!file) return l10n.t('deleted');
  const link = file.linkTarget === '' ? '' : `→ ${plain(file.linkTarget, 80)}`;
  const size = file.type === 'file' ? humanSize(file.size) : '';
  // The engine does not see what is in memory alone.
  const hidden = /^\/?(?:proc|sys|dev|run)\//.test(file.linkTarget);
  const lost = file.type === 'symlink' && as === 'special' && !hidden ? l10n.t('leads nowhere') : '';
  const mode = file.type === 'symlink' ? '' : modeText(file.type, file.mode);
  return [link, size, mode, lost].filter(Boolean).join(' · ');
}

function tooltip({ path, file }: FileRow): string {
  if (!file) return l10n.t('{0}\nOnly in the image: it was deleted in the container.', plain(path));
  const { type, mode, uid, gid, mtime, size, linkTarget } = file;
  return [
    plain(path),
    linkTarget === '' ? '' : l10n.t('Link to {0}', plain(linkTarget)),
    l10n.t('{0} ({1}), owner {2}:{3}', modeText(type, mode), mode.toString(8).padStart(4, '0'), uid, gid),
    type === 'file' ? l10n.t('{0} ({1} bytes)', humanSize(size), size) : '',
    l10n.t('Written {0}', new Date(mtime).toLocaleString()),
  ]
    .filter(Boolean)
    .join('\n');
}

function spoken(row: FileRow): string {
  const name = plain(row.name);
  const details = description(row);
  switch (row.as) {
    case 'directory':
      return l10n.t('{0}, folder, {1}', name, details);
    default:
      return l10n.t('{0}, file, {1}', name, details);
  }
}
