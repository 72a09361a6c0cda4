import type { Efficiency, LensStrings } from '../../src/protocol/lens';
import { el } from '../shared/dom';
import { fill } from '../shared/l10n';
import { diskSize } from '../shared/units';
import { shown } from '../shared/visible';
import { percentOf } from './layerList';

/** Paths that are shown; those behind them weigh little. */
const MOST = 300;

/** How well an image uses its bytes, and the paths that do not. `onPath`: one was chosen. */
export function wastedView(
  { score, wasted, hidden, paths }: Efficiency,
  strings: LensStrings,
  onPath: (path: string, layer: number) => void,
): HTMLElement {
  const items = paths.slice(0, MOST).map(({ path, times, layer, bytes, hidden: own }) => {
    const button = el('button', { type: 'button', class: 'link theirs' }, shown(path, 500));
    button.addEventListener('click', () => onPath(path, layer));
    const facts = fill(strings.wastedPath, times, diskSize(bytes), diskSize(own));
    return el('li', {}, button, el('span', { class: 'quiet' }, ` ${facts}`));
  });
  if (paths.length > MOST) items.push(el('li', { class: 'quiet' }, fill(strings.more, paths.length - MOST)));
  const head = el('p', { class: 'score' }, fill(strings.efficiency, percentOf(score)));
  head.dataset['score'] = String(score);
  head.dataset['wasted'] = String(wasted);
  if (paths.length === 0)
    return el('div', { class: 'wasted' }, head, el('p', { class: 'quiet' }, strings.nothingWasted));
  return el(
    'div',
    { class: 'wasted' },
    head,
    el('p', { class: 'quiet' }, fill(strings.wasted, diskSize(wasted), diskSize(hidden))),
    el('details', {}, el('summary', {}, fill(strings.wastedTitle, paths.length)), el('ul', {}, ...items)),
  );
}
