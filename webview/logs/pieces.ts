import type { Style } from './ansi';
import { hiddenIn } from './controls';
import type { Link } from './links';

/** A part of a line that looks the same from one end to the other. */
export interface Piece {
  readonly text: string;
  readonly style: Style | undefined;
  /** Is one of those that the search has found. */
  readonly found: boolean;
  readonly link: Link | undefined;
  /** Stands for a character that has no look of its own. */
  readonly control: boolean;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

/** Cuts a text wherever something begins or ends. */
export function piecesOf(
  text: string,
  styled: readonly (Span & { readonly style: Style })[],
  found: readonly (readonly [number, number])[],
  links: readonly Link[],
): Piece[] {
  const hidden = new Map(hiddenIn(text).map(({ at, label }) => [at, label]));
  if (styled.length + found.length + links.length + hidden.size === 0)
    return text === '' ? [] : [{ text, style: undefined, found: false, link: undefined, control: false }];
  const cuts = new Set([0, text.length]);
  for (const { from, to } of [...styled, ...links]) cuts.add(from).add(to);
  for (const [from, to] of found) cuts.add(from).add(to);
  for (const at of hidden.keys()) cuts.add(at).add(at + 1);
  const sorted = [...cuts].filter((cut) => cut <= text.length).sort((a, b) => a - b);
  const inside = cursor(styled);
  const linked = cursor(links);
  const marked = cursor(found.map(([from, to]) => ({ from, to })));
  const pieces: Piece[] = [];
  for (let i = 0; i + 1 < sorted.length; i++) {
    const from = sorted[i] ?? 0;
    const label = hidden.get(from);
    pieces.push({
      text: label ?? text.slice(from, sorted[i + 1]),
      style: inside(from)?.style,
      found: marked(from) !== undefined,
      link: linked(from),
      control: label !== undefined,
    });
  }
  return pieces;
}

/** The span that holds a position, of spans in order and of positions that only grow. */
function cursor<T extends Span>(spans: readonly T[]): (at: number) => T | undefined {
  let index = 0;
  return (at) => {
    while ((spans[index]?.to ?? Infinity) <= at) index++;
    const span = spans[index];
    return span && span.from <= at ? span : undefined;
  };
}
