import type { Model } from '../model/model';
import type { Span } from '../model/text';
import { nameAt, namesIn, type Named } from './names';

export interface Refused {
  /** A template. */
  readonly refused: string;
  readonly args: readonly string[];
}

/** What can be renamed at a place, and the text that stands there. */
export function renameTarget(model: Model, offset: number): { span: Span; name: string } | Refused {
  const found = nameAt(model, offset);
  if (!found) return { refused: 'There is no stage, variable or heredoc here to rename.', args: [] };
  const { named, occurrence } = found;
  if (named.fixed) return { refused: named.fixed, args: [named.name] };
  return { span: occurrence, name: named.name };
}

/** Every place that says the name, with another one. */
export function renameEdits(model: Model, offset: number, to: string): (Span & { text: string })[] | Refused {
  const target = renameTarget(model, offset);
  if ('refused' in target) return target;
  const named = nameAt(model, offset)?.named;
  if (!named) return [];
  const refused = wrongName(model, named, to);
  if (refused !== undefined) return { refused, args: [to] };
  return named.occurrences
    .filter(({ indirect }) => indirect !== true)
    .map(({ start, end }) => ({ start, end, text: to }));
}

function wrongName(model: Model, named: Named, to: string): string | undefined {
  if (named.kind === 'stage') {
    if (!/^[a-z][a-z0-9_.-]*$/i.test(to))
      return "A stage's name begins with a letter; letters, digits, '-', '_' and '.' may follow.";
    return taken(model, named, to, (one, other) => one.toLowerCase() === other.toLowerCase())
      ? 'There is already a stage {0}.'
      : undefined;
  }
  if (named.kind === 'variable') {
    if (!/^[A-Za-z_]\w*$/.test(to))
      return "A variable's name has letters, digits and '_', and no digit first.";
    return taken(model, named, to, (one, other) => one === other)
      ? 'There is already a variable {0} in this file.'
      : undefined;
  }
  if (!/^[\w.-]+$/.test(to)) return "A heredoc's name has letters, digits, '-', '_' and '.'.";
  const [first, last] = named.occurrences;
  const body = first && last ? model.lines.text.slice(first.end, last.start) : '';
  return body.split(/\r?\n/).some((line) => line.trim() === to)
    ? 'The body has a line {0} itself.'
    : undefined;
}

function taken(
  model: Model,
  named: Named,
  to: string,
  same: (one: string, other: string) => boolean,
): boolean {
  return namesIn(model).some((one) => one !== named && one.kind === named.kind && same(one.name, to));
}
