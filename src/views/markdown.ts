import { env, l10n, MarkdownString } from 'vscode';
import { escaped } from './text';

/** How many of a list are named; the rest is counted. */
const MOST = 20;

/**
 * A hover card, paragraph by paragraph. Values in it must come through `escaped`: it trusts nothing, runs no command,
 * draws no icon and takes no HTML, but Markdown it is.
 */
export function card(paragraphs: readonly string[]): MarkdownString {
  const markdown = new MarkdownString(paragraphs.filter(Boolean).join('\n\n'), false);
  markdown.isTrusted = false;
  markdown.supportHtml = false;
  return markdown;
}

/** Lines of one paragraph; empty ones are left out. */
export function lines(...all: readonly string[]): string {
  return all.filter(Boolean).join('  \n');
}

/** A heading line and its items as a list; nothing without items. */
export function bullets(heading: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  const shown = items.slice(0, MOST).map((item) => `- ${item}`);
  const more = items.length > MOST ? [`- ${l10n.t('and {0} more', items.length - MOST)}`] : [];
  return [heading, '', ...shown, ...more].join('\n');
}

/** Labels as a list, keys in order. */
export function labelBullets(labels: Readonly<Record<string, string>>): string {
  const entries = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return bullets(
    l10n.t('Labels ({0})', entries.length),
    entries.map(([key, value]) => `${escaped(key, 80)} \\= ${escaped(value, 100)}`),
  );
}

/** A point in time (ms since 1970) as the user writes it. */
export function dateText(time: number, timeStyle: 'short' | 'medium' = 'medium'): string {
  return escaped(new Intl.DateTimeFormat(env.language, { dateStyle: 'medium', timeStyle }).format(time));
}
