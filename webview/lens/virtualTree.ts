import type { LensStrings, Mark } from '../../src/protocol/lens';
import { el } from '../shared/dom';
import { diskSize } from '../shared/units';
import { visible } from '../shared/visible';
import type { Filter, Order, TreeRows } from './rows';

/** px, as in the style sheet. */
const ROW = 22;
/** Rows beyond the edges that are in the page as well. */
const MARGIN = 8;
/** Up to so many rows all directories are unfolded at first. */
const FEW = 60;

/** The letters of `docker diff`. */
const LETTERS: Readonly<Record<Mark, string>> = { same: '', added: 'A', changed: 'C', removed: 'D' };
const HOLDS = '•';

export interface TreeOptions {
  readonly strings: LensStrings;
  readonly onOpen: (path: string, mark: Mark) => void;
}

/**
 * A tree of which only what is on the screen is in the page: an image has tens of thousands of files. The tree has the
 * focus; the row that the keys are at is its active descendant.
 */
export class VirtualTree {
  readonly element = el('div', { class: 'files', role: 'tree', tabindex: '0' });
  readonly #spacer = el('div', { class: 'spacer', role: 'presentation' });
  readonly #strings: LensStrings;
  readonly #onOpen: TreeOptions['onOpen'];
  /** Paths that are unfolded; they stay so in every layer. */
  readonly #open = new Set<string>();
  #rows: TreeRows | undefined;
  #shown: readonly number[] = [];
  #filter: Filter = { text: '', marks: new Set() };
  #order: Order = 'name';
  #current = 0;

  constructor({ strings, onOpen }: TreeOptions) {
    this.#strings = strings;
    this.#onOpen = onOpen;
    this.element.setAttribute('aria-label', strings.files);
    this.element.append(this.#spacer);
    this.element.addEventListener('scroll', () => this.#paint());
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('click', (event) => this.#click(event));
    new ResizeObserver(() => this.#paint()).observe(this.element);
  }

  /** Rows that are to be seen, folded ones left out. */
  get count(): number {
    return this.#shown.length;
  }

  show(rows: TreeRows, filter: Filter, order: Order): void {
    const path = this.#pathAt(this.#current);
    if (rows !== this.#rows && rows.count <= FEW)
      for (let row = 0; row < rows.count; row++) if (rows.hasChildren(row)) this.#open.add(rows.path(row));
    this.#rows = rows;
    this.#filter = filter;
    this.#order = order;
    this.#refresh(path);
  }

  /** Unfold what leads to a path, and go there. */
  reveal(path: string): void {
    const parts = path.split('/').slice(1, -1);
    for (let depth = 1; depth <= parts.length; depth++) this.#open.add(`/${parts.slice(0, depth).join('/')}`);
    this.#refresh(path);
    this.element.focus();
  }

  #refresh(path: string | undefined): void {
    const rows = this.#rows;
    if (!rows) return;
    this.#shown = rows.visible(this.#filter, this.#order, (row) => this.#open.has(rows.path(row)));
    const at = path === undefined ? -1 : this.#shown.findIndex((row) => rows.path(row) === path);
    this.#spacer.style.height = `${this.#shown.length * ROW}px`;
    this.#go(Math.max(0, at), at >= 0);
  }

  #go(index: number, scroll = true): void {
    this.#current = Math.max(0, Math.min(index, this.#shown.length - 1));
    if (scroll) {
      const top = this.#current * ROW;
      const { scrollTop, clientHeight } = this.element;
      if (top < scrollTop) this.element.scrollTop = top;
      else if (top + ROW > scrollTop + clientHeight) this.element.scrollTop = top + ROW - clientHeight;
    }
    this.#paint();
  }

  #paint(): void {
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / ROW) - MARGIN);
    const last = Math.min(this.#shown.length, Math.ceil((scrollTop + clientHeight) / ROW) + MARGIN);
    const rows: HTMLElement[] = [];
    // What is active must be in the page, wherever it is.
    if (this.#current < first && this.#shown.length > 0) rows.push(this.#row(this.#current));
    for (let index = first; index < last; index++) rows.push(this.#row(index));
    if (this.#current >= last && this.#shown.length > 0) rows.push(this.#row(this.#current));
    this.#spacer.replaceChildren(...rows);
    if (this.#shown.length > 0) this.element.setAttribute('aria-activedescendant', idOf(this.#current));
    else this.element.removeAttribute('aria-activedescendant');
  }

  #row(index: number): HTMLElement {
    const rows = this.#rows;
    const row = this.#shown[index];
    const item = el('div', { class: 'file', role: 'treeitem', id: idOf(index) });
    if (!rows || row === undefined) return item;
    const mark = rows.mark(row);
    const link = rows.link(row);
    const name = visible(rows.name(row));
    const folder = rows.hasChildren(row);
    const open = folder && (this.#filter.text !== '' || this.#open.has(rows.path(row)));
    item.style.top = `${index * ROW}px`;
    item.dataset['index'] = String(index);
    item.classList.add(mark);
    if (index === this.#current) item.classList.add('current');
    item.setAttribute('aria-level', String(rows.depth(row) + 1));
    item.setAttribute('aria-selected', String(index === this.#current));
    if (folder) item.setAttribute('aria-expanded', String(open));
    const size = this.#size(rows, row);
    const holds = mark === 'same' && rows.holdsChanges(row);
    const meaning = holds ? this.#strings.holds : this.#strings[`mark.${mark}`];
    item.setAttribute('aria-label', [name, meaning, size].join(', '));
    item.title = `${visible(rows.path(row))}${link === '' ? '' : ` → ${visible(link)}`}`;
    const twistie = el('span', {
      class: `twistie${folder ? (open ? ' open' : ' closed') : ''}`,
      'aria-hidden': 'true',
    });
    twistie.style.marginInlineStart = `${rows.depth(row) * 12}px`;
    const label = el('span', { class: 'name theirs' }, rows.isDirectory(row) ? `${name}/` : name);
    if (link !== '') label.append(el('span', { class: 'quiet' }, ` → ${visible(link)}`));
    item.append(el('span', { class: 'mark', title: meaning }, holds ? HOLDS : LETTERS[mark]), twistie, label);
    if (rows.isOpenable(row))
      item.append(el('button', { class: 'link open', type: 'button', tabindex: '-1' }, this.#strings.open));
    item.append(
      el('span', { class: 'mode quiet' }, rows.mode(row)),
      el('span', { class: 'owner quiet' }, rows.owner(row)),
      el('span', { class: 'size' }, size),
    );
    return item;
  }

  /** What it was is said where that is another size. */
  #size(rows: TreeRows, row: number): string {
    const { sizes, before } = rows.tree;
    const [now, was] = [sizes[row] ?? 0, before[row] ?? 0];
    if (rows.isDirectory(row) || rows.mark(row) !== 'changed' || was === now) return diskSize(now);
    return `${diskSize(was)} → ${diskSize(now)}`;
  }

  #pathAt(index: number): string | undefined {
    const row = this.#shown[index];
    return row === undefined ? undefined : this.#rows?.path(row);
  }

  #fold(index: number, open: boolean): void {
    const path = this.#pathAt(index);
    if (path === undefined) return;
    if (open) this.#open.add(path);
    else this.#open.delete(path);
    this.#refresh(path);
  }

  #act(index: number): void {
    const row = this.#shown[index];
    const rows = this.#rows;
    if (!rows || row === undefined) return;
    if (rows.hasChildren(row)) this.#fold(index, !this.#open.has(rows.path(row)));
    else if (rows.isOpenable(row)) this.#onOpen(rows.path(row), rows.mark(row));
  }

  #click(event: MouseEvent): void {
    const index = this.#indexOf(event);
    const row = index === undefined ? undefined : this.#shown[index];
    if (index === undefined || row === undefined) return;
    const folder = this.#rows?.hasChildren(row) === true;
    // A first click paints the rows anew, so the second is on another element: no `dblclick` would come of them.
    const meant = event.detail === (folder ? 1 : 2) || (event.target as Element).closest('button') !== null;
    this.#go(index, false);
    if (meant) this.#act(index);
  }

  #indexOf({ target }: Event): number | undefined {
    const item = (target as Element).closest<HTMLElement>('[role=treeitem]');
    return item ? Number(item.dataset['index']) : undefined;
  }

  #key(event: KeyboardEvent): void {
    const row = this.#shown[this.#current];
    const rows = this.#rows;
    if (!rows || row === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const folder = rows.hasChildren(row);
    const open = folder && this.#open.has(rows.path(row));
    const page = Math.max(1, Math.floor(this.element.clientHeight / ROW) - 1);
    const parent = rows.parent(row);
    const act: Readonly<Record<string, () => void>> = {
      ArrowDown: () => this.#go(this.#current + 1),
      ArrowUp: () => this.#go(this.#current - 1),
      PageDown: () => this.#go(this.#current + page),
      PageUp: () => this.#go(this.#current - page),
      Home: () => this.#go(0),
      End: () => this.#go(this.#shown.length - 1),
      ArrowRight: () => (folder && !open ? this.#fold(this.#current, true) : this.#go(this.#current + 1)),
      ArrowLeft: () =>
        open
          ? this.#fold(this.#current, false)
          : parent !== undefined && this.#go(this.#shown.indexOf(parent)),
      Enter: () => this.#act(this.#current),
      ' ': () => this.#act(this.#current),
    };
    const chosen = act[event.key];
    if (!chosen) return;
    event.preventDefault();
    chosen();
  }
}

const idOf = (index: number): string => `file-${index}`;
