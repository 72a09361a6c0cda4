import * as vscode from 'vscode';
import type { Processes } from '../../engine/containers';
import type { Change } from '../../engine/files/changes';
import type { HistoryEntry } from '../../engine/images';
import { humanSize } from '../../engine/run/units';
import { columns } from './columns';

export function processTable({ titles, processes }: Processes): string {
  return columns(titles, processes);
}

/** Newest first, as `docker history` without cutting the commands short. */
export function historyTable(rows: readonly HistoryEntry[]): string {
  return columns(
    [vscode.l10n.t('CREATED'), vscode.l10n.t('SIZE'), vscode.l10n.t('TAGS'), vscode.l10n.t('CREATED BY')],
    rows.map(({ created, size, tags, createdBy, comment }) => [
      created > 0 ? new Date(created).toISOString().replace('.000', '') : '',
      humanSize(size),
      tags.join(', '),
      [createdBy, comment]
        .filter((part) => part !== '')
        .join('  # ')
        .replaceAll(/\s+/g, ' '),
    ]),
  );
}

/** As `docker diff` prints it. */
export function changesTable(changes: readonly Change[]): string {
  if (changes.length === 0) return `${vscode.l10n.t('Nothing differs from the image.')}\n`;
  return changes.map(({ kind, path }) => `${kind} ${path}\n`).join('');
}
