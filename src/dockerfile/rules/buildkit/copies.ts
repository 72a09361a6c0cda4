import type { Instruction } from '../../model/instruction';
import type { Word } from '../../model/logical';
import { unquote } from '../../model/words';
import type { Report } from '../finding';
import { isIgnored, type IgnoreFile } from '../ignore';

/** What COPY and ADD take from the build context: no heredoc, no address, nothing with a variable. */
export function localSources(instruction: Instruction, escape: string): (Word & { readonly path: string })[] {
  const { keyword } = instruction;
  if ((keyword !== 'COPY' && keyword !== 'ADD') || instruction.flag('from')) return [];
  const { json, heredocs } = instruction;
  const words = json
    ? json.items.map((item) => ({ ...item, text: item.value, at: 0, path: item.value }))
    : instruction.args.map((word) => ({ ...word, path: unquote(word.text, escape) }));
  const inHeredoc = ({ start, end }: Word): boolean =>
    heredocs.some(({ opener }) => start < opener.end && end > opener.start);
  return words
    .slice(0, -1)
    .filter((word) => !inHeredoc(word) && !word.path.includes('$') && !isRemote(keyword, word.path));
}

const isRemote = (keyword: string, path: string): boolean =>
  keyword === 'ADD' && (/^(?:https?|git|ssh|ftp):\/\//i.test(path) || /^git@|\.git(?:#|$)/.test(path));

export function copyIgnored(report: Report, ignored: IgnoreFile): void {
  if (ignored.hasExceptions || ignored.patterns.length === 0) return;
  const all = ignored.raw.some((pattern) => pattern === '*' || pattern === '**' || pattern === '**/*');
  for (const instruction of report.model.instructions) {
    for (const word of localSources(instruction, report.model.escape)) {
      const root = /^\.?\/*$/.test(word.path);
      if (root ? !all : /[*?[]/.test(word.path) || !isIgnored(ignored.patterns, word.path)) continue;
      report.add(
        'CopyIgnoredFile',
        instruction,
        word,
        'Attempting to {0} file "{1}" that is excluded by .dockerignore',
        [instruction.keyword === 'ADD' ? 'Add' : 'Copy', word.path],
      );
    }
  }
}

/** A source that is not in the context: the build will fail there. */
export function missingSources(report: Report): void {
  const { exists } = report.context;
  if (!exists) return;
  for (const instruction of report.model.instructions) {
    for (const word of localSources(instruction, report.model.escape)) {
      if (/^\.?\/*$/.test(word.path) || exists(word.path) !== false) continue;
      report.add(
        'missing-source',
        instruction,
        word,
        '"{0}" is not in the build context. Create it, or build with the folder that has it.',
        [word.path],
      );
    }
  }
}
