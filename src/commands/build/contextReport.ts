import path from 'node:path';
import * as vscode from 'vscode';
import type { ContextOptions } from '../../engine/build/options';
import type { ContextSummary } from '../../engine/build/summary';
import { columns } from '../documents/columns';
import { roughSize } from '../images/transfer';

/** Counts a context. No engine is needed to. */
export async function contextSummary(options: ContextOptions, signal?: AbortSignal): Promise<ContextSummary> {
  const { openContext, summarise } = await import('../../engine/build/builders');
  return summarise(await openContext(options, signal), signal);
}

/** What a build would send, and what it would not, as text in columns. */
export function contextReport(
  { context, dockerfile = 'Dockerfile' }: ContextOptions,
  summary: ContextSummary,
): string {
  const { files, bytes, largest, largestFolders, ignoredFiles, ignoredBytes, ignoredBy } = summary;
  const inside = path.relative(context, path.resolve(context, dockerfile));
  const facts = columns(
    [vscode.l10n.t('Build context'), line(context)],
    [
      [vscode.l10n.t('Dockerfile'), line(inside.startsWith('..') ? dockerfile : inside)],
      [vscode.l10n.t('Sent'), amount(files, bytes)],
      [vscode.l10n.t('Left out'), amount(ignoredFiles, ignoredBytes)],
    ],
  );
  const size = vscode.l10n.t('SIZE');
  const count = vscode.l10n.t('FILES');
  return [
    facts,
    section(
      vscode.l10n.t('Largest files that are sent'),
      [size, vscode.l10n.t('FILE')],
      largest.map((file) => [roughSize(file.bytes), line(file.path)]),
    ),
    section(
      vscode.l10n.t('Largest folders that are sent'),
      [size, count, vscode.l10n.t('FOLDER')],
      largestFolders.map((one) => [roughSize(one.bytes), String(one.files), `${line(one.path)}/`]),
    ),
    section(
      vscode.l10n.t('Left out by .dockerignore'),
      [size, count, vscode.l10n.t('PATTERN')],
      ignoredBy.map((one) => [roughSize(one.bytes), String(one.files), line(one.pattern)]),
    ),
    ignoredFiles === 0
      ? `${vscode.l10n.t('Nothing is left out. List in a file ".dockerignore" in the build context what the build does not need, such as .git or node_modules.')}\n`
      : '',
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function amount(files: number, bytes: number): string {
  return files === 1
    ? vscode.l10n.t('1 file, {0}', roughSize(bytes))
    : vscode.l10n.t('{0} files, {1}', files, roughSize(bytes));
}

function section(title: string, titles: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? '' : `${title}\n${'─'.repeat(title.length)}\n${columns(titles, rows)}`;
}

/** A name of a file may hold anything, an end of line too. */
function line(text: string): string {
  return text.replace(/\p{Cc}/gu, '?');
}
