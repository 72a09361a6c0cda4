import { isIgnored, parseIgnore } from '../rules/ignore';
import type { Item, Want } from './item';

/** What stands in a folder of the context. */
export interface Entry {
  readonly name: string;
  readonly folder: boolean;
}

const most = 500;

/** The folder whose entries fit, counted from the context; undefined where it cannot be in the context. */
export function folderOf(text: string): string | undefined {
  const folder = text.slice(0, text.lastIndexOf('/') + 1).replace(/^\/+/, '');
  return /[$*?[\\]/.test(folder) || folder.split('/').includes('..') ? undefined : folder;
}

/** Entries as sources; what is ignored is not sent, so it is none. */
export function entryItems(
  { span, text, rank }: Extract<Want, { kind: 'paths' }>,
  entries: readonly Entry[],
  ignore: string | undefined,
): Item[] {
  const folder = folderOf(text);
  if (folder === undefined) return [];
  const { patterns, hasExceptions } = parseIgnore(ignore ?? '');
  const place = { start: span.start + text.lastIndexOf('/') + 1, end: span.end };
  return entries
    .filter(({ name }) => !/[\s"'$\\<]/.test(name))
    .filter((entry) => !isIgnored(patterns, `${folder}${entry.name}`) || (entry.folder && hasExceptions))
    .slice(0, most)
    .map((entry) => ({
      label: entry.folder ? `${entry.name}/` : entry.name,
      kind: entry.folder ? 'folder' : 'file',
      span: place,
      rank,
      more: entry.folder,
    }));
}
