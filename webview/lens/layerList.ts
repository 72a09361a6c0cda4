import type { LensInstruction, LensLayer, LensLine, LensStrings } from '../../src/protocol/lens';
import { el } from '../shared/dom';
import { fill } from '../shared/l10n';
import { diskSize } from '../shared/units';
import { shown } from '../shared/visible';
import { age } from './age';
import { instructionText } from './instruction';

export interface LayerListOptions {
  readonly strings: LensStrings;
  readonly onSelect: () => void;
  readonly onGoTo: (row: number) => void;
}

/** The instructions of an image, the oldest first, and what is known of the one that is selected. */
export class LayerList {
  readonly element: HTMLElement;
  readonly #list = el('div', { role: 'listbox', tabindex: '0', class: 'layers' });
  readonly #detail = el('div', { class: 'detail' });
  readonly #options: LayerListOptions;
  #rows: readonly LensInstruction[] = [];
  #layers: readonly LensLayer[] = [];
  #sharers: readonly (readonly string[])[] | undefined;
  #lines: readonly (LensLine | null)[] = [];
  #current = 0;

  constructor(options: LayerListOptions) {
    this.#options = options;
    const { layers } = options.strings;
    this.#list.setAttribute('aria-label', layers);
    this.#list.addEventListener('keydown', (event) => this.#key(event));
    this.#list.addEventListener('click', ({ target }) => {
      const option = (target as Element).closest<HTMLElement>('[role=option]');
      if (option) this.#select(Number(option.dataset['row']));
    });
    this.element = el('section', { class: 'left' }, el('h2', {}, layers), this.#list, this.#detail);
  }

  /** The index of the layer that is selected, or of the last one before an instruction that made none. */
  get layer(): number | undefined {
    for (let row = this.#current; row >= 0; row--) {
      const layer = this.#rows[row]?.layer ?? null;
      if (layer !== null) return layer;
    }
    return undefined;
  }

  /** Whether the selected instruction has made a layer. */
  get hasLayer(): boolean {
    return (this.#rows[this.#current]?.layer ?? null) !== null;
  }

  /** Why the selected layer cannot be read; empty when it can. */
  get problem(): string {
    const layer = this.#rows[this.#current]?.layer ?? null;
    return layer === null ? '' : (this.#layers[layer]?.problem ?? '');
  }

  setRows(rows: readonly LensInstruction[], first: boolean): void {
    this.#rows = rows;
    // The youngest layer is what one has just made.
    if (first)
      this.#current = Math.max(
        0,
        rows.findLastIndex(({ layer }) => layer !== null),
      );
    this.#draw();
  }

  setLayers(layers: readonly LensLayer[]): void {
    this.#layers = layers;
    this.#draw();
  }

  setSharers(sharers: readonly (readonly string[])[]): void {
    this.#sharers = sharers;
    this.#draw();
  }

  setLines(lines: readonly (LensLine | null)[]): void {
    this.#lines = lines;
    this.#draw();
  }

  /** Go to the instruction that has made it. */
  selectLayer(wanted: number): void {
    this.#select(this.#rows.findIndex(({ layer }) => layer === wanted));
  }

  #select(row: number): void {
    if (row < 0 || row >= this.#rows.length) return;
    this.#current = row;
    this.#draw();
    this.#options.onSelect();
  }

  #draw(): void {
    const whole = this.#rows.reduce((sum, { size }) => sum + size, 0);
    this.#list.replaceChildren(...this.#rows.map((row, index) => this.#option(row, index, whole)));
    this.#list.setAttribute('aria-activedescendant', `layer-${this.#current}`);
    this.#list.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    this.#drawDetail();
  }

  #option({ createdBy, size, created, layer }: LensInstruction, index: number, whole: number): HTMLElement {
    const { strings } = this.#options;
    const share = whole > 0 ? size / whole : 0;
    const bar = el('span', { class: 'bar', 'aria-hidden': 'true' }, el('span', { class: 'share' }));
    (bar.firstElementChild as HTMLElement).style.width = `${(share * 100).toFixed(2)}%`;
    const facts =
      layer === null
        ? [strings.noLayer, age(created)]
        : [diskSize(size), fill(strings.share, percentOf(share)), age(created), this.#sharedBy(layer)];
    const option = el(
      'div',
      { role: 'option', id: `layer-${index}`, 'aria-selected': String(index === this.#current) },
      el('span', { class: 'instruction theirs' }, shown(instructionText(createdBy), 300)),
      el('span', { class: 'facts quiet' }, facts.filter(Boolean).join(' · ')),
    );
    option.dataset['row'] = String(index);
    if (layer === null) option.classList.add('empty');
    else option.append(bar);
    return option;
  }

  #sharedBy(layer: number): string {
    const names = this.#sharers?.[layer] ?? [];
    const { alsoInOne, alsoInCount } = this.#options.strings;
    if (names.length === 0) return '';
    return names.length === 1 ? fill(alsoInOne, shown(names[0] ?? '', 80)) : fill(alsoInCount, names.length);
  }

  #drawDetail(): void {
    const row = this.#rows[this.#current];
    if (!row) return;
    const { strings, onGoTo } = this.#options;
    const line = this.#lines[this.#current] ?? null;
    const names = row.layer === null ? undefined : this.#sharers?.[row.layer];
    const facts: [string, string][] = [];
    if (row.created > 0)
      facts.push([strings.created, new Date(row.created).toLocaleString(document.documentElement.lang)]);
    if (row.digest !== '') facts.push([strings.digest, row.digest]);
    if (names)
      facts.push([strings.alsoIn, names.length === 0 ? strings.notShared : shown(names.join(', '), 2000)]);
    const parts: HTMLElement[] = [
      el('pre', { class: 'theirs', tabindex: '0' }, shown(instructionText(row.createdBy))),
    ];
    if (this.problem !== '') parts.push(el('p', { class: 'notice problem' }, this.problem));
    if (line) {
      const button = el(
        'button',
        { type: 'button', class: 'link' },
        fill(strings.goTo, shown(line.label, 200)),
      );
      button.addEventListener('click', () => onGoTo(this.#current));
      parts.push(
        el('p', {}, button, ...(line.stale ? [el('span', { class: 'quiet' }, ` ${strings.stale}`)] : [])),
      );
    }
    const list = el('dl');
    for (const [term, value] of facts) list.append(el('dt', {}, term), el('dd', { class: 'theirs' }, value));
    this.#detail.replaceChildren(...parts, list);
  }

  #key(event: KeyboardEvent): void {
    const to: Readonly<Record<string, number>> = {
      ArrowDown: this.#current + 1,
      ArrowUp: this.#current - 1,
      Home: 0,
      End: this.#rows.length - 1,
    };
    const row = to[event.key];
    if (row === undefined) return;
    event.preventDefault();
    this.#select(row);
  }
}

export function percentOf(share: number): string {
  if (share > 0 && share < 0.001) return `< ${percentOf(0.001)}`;
  const format = new Intl.NumberFormat(document.documentElement.lang, {
    style: 'percent',
    maximumFractionDigits: share < 0.1 ? 1 : 0,
  });
  return format.format(share);
}
