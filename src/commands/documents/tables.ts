import * as vscode from 'vscode';
import type { Processes } from '../../engine/containers';
import type { Change } from '../../engine/files/changes';
import type { HistoryEntry } from '../../engine/images';
import { shortId } from '../../engine/run/names';
import { humanSize } from '../../engine/run/units';
import type { DiskUsage } from '../../ids';
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

/** As `docker system df -v`: the sums, then each thing by its size. */
export function usageTable({ images, containers, volumes, buildCache }: DiskUsage): string {
  const sums: [string, DiskUsage['images' | 'containers' | 'volumes' | 'buildCache']][] = [
    [vscode.l10n.t('Images'), images],
    [vscode.l10n.t('Containers'), containers],
    [vscode.l10n.t('Volumes'), volumes],
    [vscode.l10n.t('Build cache'), buildCache],
  ];
  const largest = <T extends { readonly size: number }>(
    title: string,
    items: readonly T[],
    name: (item: T) => string,
  ) =>
    items.length === 0
      ? []
      : [
          columns(
            [title, vscode.l10n.t('SIZE')],
            [...items]
              .sort((a, b) => b.size - a.size)
              .map((item) => [name(item), humanSize(Math.max(0, item.size))]),
          ),
        ];
  return [
    columns(
      [
        vscode.l10n.t('TYPE'),
        vscode.l10n.t('COUNT'),
        vscode.l10n.t('IN USE'),
        vscode.l10n.t('SIZE'),
        vscode.l10n.t('CAN BE FREED'),
      ],
      sums.map(([type, { count, active, size, reclaimable }]) => [
        type,
        String(count),
        String(active),
        humanSize(size),
        humanSize(reclaimable),
      ]),
    ),
    ...largest(vscode.l10n.t('IMAGE'), images.items, ({ tags, id }) => tags.join(', ') || shortId(id)),
    ...largest(vscode.l10n.t('CONTAINER'), containers.items, ({ name }) => name),
    ...largest(vscode.l10n.t('VOLUME'), volumes.items, ({ name }) => name),
    ...largest(vscode.l10n.t('BUILD CACHE'), buildCache.items, ({ description, id }) => description || id),
  ].join('\n');
}
