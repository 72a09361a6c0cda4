import { el } from '../shared/dom';
import { fill } from '../shared/l10n';
import type { LogsStrings } from '../../src/protocol/logs';
import { parseAnsi, type Style } from './ansi';
import { mayHaveFields } from './fields';
import { linksIn, type Link } from './links';
import { CONTINUATION, DIVIDER, levelOf, sourceOf, STDERR } from './meta';
import { piecesOf, type Piece } from './pieces';
import type { LogStore, Place } from './store';
import { stamp, type Timestamps } from './when';

/** How rows are drawn, and what a click on one does. */
export interface RowContext {
  readonly strings: LogsStrings;
  readonly store: LogStore;
  readonly timestamps: Timestamps;
  /** Names in front of the lines; none for a single container. */
  readonly names: readonly string[];
  readonly fold: boolean;
  readonly current: Place | undefined;
  /** Where in a text the search's is; nothing while that is being found out. */
  readonly found: (text: string) => readonly (readonly [number, number])[];
  readonly onUnfold: (place: Place) => void;
  readonly onDetails: (place: Place) => void;
  readonly onLink: (container: number, link: Link) => void;
}

/** Characters of a line that are drawn, and the bytes they have at most; the rest is in the line's details. */
const DRAWN = 2000;
const BYTES = 4 * DRAWN;

/** Colours of containers by turns. */
export const COLOURS = 10;

export function drawRow(place: Place, context: RowContext): HTMLElement {
  const { chunk, line } = place;
  const meta = chunk.meta(line);
  const source = sourceOf(meta);
  const row = el('div', { class: `row level-${levelOf(meta)}` });
  row.classList.toggle('stderr', (meta & STDERR) !== 0);
  if (context.current?.chunk === chunk && context.current.line === line) row.classList.add('current');
  if (context.timestamps !== 'off')
    row.append(el('span', { class: 'time' }, stamp(chunk.time(line), context.timestamps)));
  const name = context.names[source];
  if (name !== undefined) row.append(el('span', { class: `name colour-${source % COLOURS}` }, name));
  if (meta & DIVIDER) return divider(row, place, context);

  const { strings, store } = context;
  const text = chunk.text(line, BYTES);
  const cut = text.length > DRAWN || chunk.length(line) > BYTES;
  const { plain, styled } = parseAnsi(cut ? text.slice(0, DRAWN) : text);
  const content = el('span', { class: 'text theirs' });
  const pieces = piecesOf(plain, styled, context.found(plain), linksIn(plain));
  for (const piece of pieces) content.append(drawn(piece, source, context));
  const folded = context.fold && !(meta & CONTINUATION) ? store.continued(place) : 0;
  if (folded > 0) row.append(twistie(store.unfolded(place), strings, () => context.onUnfold(place)));
  else if (mayHaveFields(plain))
    row.append(button('marker fields', '{}', strings.details, () => context.onDetails(place)));
  else row.append(el('span', { class: 'marker' }));
  row.append(content);
  if (folded > 0 && !store.unfolded(place))
    row.append(
      button('more', fill(strings.moreLines, folded), fill(strings.moreLines, folded), () =>
        context.onUnfold(place),
      ),
    );
  const all = fill(strings.showAll, chunk.length(line).toLocaleString(document.documentElement.lang));
  if (cut) row.append(button('more', all, all, () => context.onDetails(place)));
  return row;
}

function divider(row: HTMLElement, { chunk, line }: Place, { timestamps }: RowContext): HTMLElement {
  row.classList.add('divider');
  const at = timestamps === 'off' ? `${stamp(chunk.time(line), 'local').slice(11, 19)} ` : '';
  row.append(el('span', { class: 'marker' }), el('span', { class: 'text' }, at + chunk.text(line)));
  return row;
}

function twistie(open: boolean, { foldLines, unfoldLines }: LogsStrings, act: () => void): HTMLElement {
  const element = button('marker twistie', open ? '▾' : '▸', open ? foldLines : unfoldLines, act);
  element.setAttribute('aria-expanded', String(open));
  return element;
}

/** Not on the way of the tab key: there may be one in every row. */
function button(kind: string, text: string, label: string, act: () => void): HTMLElement {
  const attributes = { class: kind, type: 'button', title: label, 'aria-label': label, tabindex: '-1' };
  const element = el('button', attributes, text);
  element.addEventListener('click', act);
  return element;
}

/** What a container wrote, as text. */
export function drawn(
  { text, style, found, link, control }: Piece,
  container: number,
  { strings, onLink }: Pick<RowContext, 'strings' | 'onLink'>,
): Node {
  if (!style && !found && !link && !control) return document.createTextNode(text);
  const element = el(link ? 'a' : 'span', {}, text);
  if (found) element.classList.add('found');
  if (control) element.classList.add('control');
  if (style) dress(element, style);
  if (link) {
    element.setAttribute('role', 'link');
    element.title = fill(strings.openFile, link.path);
    element.addEventListener('click', () => onLink(container, link));
  }
  return element;
}

function dress(element: HTMLElement, style: Style): void {
  const { color, background } = style.inverse ? swapped(style) : style;
  if (typeof color === 'number') element.classList.add(`fg-${color}`);
  else if (color !== undefined) element.style.color = color;
  if (typeof background === 'number') element.classList.add(`bg-${background}`);
  else if (background !== undefined) element.style.background = background;
  for (const name of ['bold', 'dim', 'italic', 'underline', 'inverse', 'strike'] as const)
    if (style[name]) element.classList.add(name);
}

function swapped({ color, background }: Style): Pick<Style, 'color' | 'background'> {
  return { color: background, background: color };
}
