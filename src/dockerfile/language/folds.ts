import type { Model } from '../model/model';

/** Lines that can be folded into their first one. */
export interface Fold {
  readonly start: number;
  readonly end: number;
  readonly kind?: 'comment' | 'region';
}

const begins = /^[ \t]*#[ \t]*#?region\b/;
const ends = /^[ \t]*#[ \t]*#?endregion\b/;

/** Stages, instructions of several lines, heredocs, blocks of comments, and what `#region` and `#endregion` enclose. */
export function folds(model: Model): Fold[] {
  const { stages, instructions } = model;
  const found: Fold[] = stages.map(({ line, endLine }) => ({ start: line, end: endLine }));
  for (const { line, endLine, heredocs } of instructions) {
    found.push({ start: line, end: endLine });
    for (const { firstLine, delimiterLine } of heredocs)
      found.push({ start: firstLine - 1, end: (delimiterLine ?? endLine + 1) - 1 });
  }
  found.push(...commentFolds(model));
  return found.filter(({ start, end }) => end > start);
}

function commentFolds({ lines, directives, commentLines }: Model): Fold[] {
  const found: Fold[] = [];
  const open: number[] = [];
  let start = -1;
  let last = -2;
  const close = (): void => {
    if (last > start) found.push({ start, end: last, kind: 'comment' });
    last = -2;
  };
  for (const line of [...directives.map((one) => one.line), ...commentLines]) {
    const text = lines.text.slice(
      lines.startOf(line),
      Math.min(lines.startOf(line) + 100, lines.endOf(line)),
    );
    const begin = begins.test(text);
    if (begin || ends.test(text)) {
      close();
      const from = begin ? undefined : open.pop();
      if (begin) open.push(line);
      else if (from !== undefined) found.push({ start: from, end: line, kind: 'region' });
      continue;
    }
    if (line !== last + 1) {
      close();
      start = line;
    }
    last = line;
  }
  close();
  return found;
}
