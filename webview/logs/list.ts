import { el } from '../shared/dom';
import type { LogStore, Place } from './store';

export interface ListOptions {
  readonly label: string;
  readonly store: LogStore;
  /** What stands in this row; asked anew after `repaint`. */
  readonly draw: (place: Place) => HTMLElement;
  /** The rows on screen are others, or it follows or no longer does. */
  readonly moved: () => void;
}

/** Rows above and below the screen that are drawn too: a short way is scrolled without a blank. */
const SPARE = 4;

/**
 * The rows of a store of which only those on screen exist. The height of its scroll bar is that of all rows, each as
 * high as one line: where lines wrap, the bar moves by lines, and the last row still ends at the bottom.
 */
export class LogList {
  readonly element: HTMLElement;
  readonly #options: ListOptions;
  readonly #store: LogStore;
  readonly #space = el('div', { class: 'space' });
  readonly #rows = el('div', { class: 'rows' });
  readonly #screen = el('div', { class: 'screen' }, this.#rows);
  #drawn = new Map<string, HTMLElement>();
  /** What is at the top, and by how many pixels it is out of the screen. */
  #anchor: Place | undefined;
  #offset = 0;
  #rowHeight = 18;
  #wrap = false;
  #frame = 0;
  #top = 0;
  #height = 0;
  following = true;

  constructor(options: ListOptions) {
    this.#options = options;
    this.#store = options.store;
    this.element = el(
      'div',
      { class: 'list', tabindex: '0', role: 'log', 'aria-live': 'off', 'aria-label': options.label },
      this.#screen,
      this.#space,
    );
    this.element.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.element.addEventListener('wheel', ({ deltaY }) => deltaY < 0 && this.#release(), { passive: true });
    this.element.addEventListener('keydown', (event) => this.#key(event));
    new ResizeObserver(() => this.update()).observe(this.element);
  }

  /** Lines came, went, or others are to be seen: what was at the top stays there, or the end at the bottom. */
  update(): void {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(() => this.paint());
  }

  /** Rows look different. */
  repaint(): void {
    this.#drawn.clear();
    this.update();
  }

  wrap(on: boolean): void {
    this.#wrap = on;
    this.element.classList.toggle('wrap', on);
    this.repaint();
  }

  follow(): void {
    this.following = true;
    this.update();
  }

  /** Bring a row to the middle of the screen. */
  reveal(place: Place): void {
    this.following = false;
    const row = this.#store.rowOf(place);
    const first = this.#firstRow();
    const fit = this.#fit();
    if (row < first || row >= first + fit - 1 || this.#wrap)
      this.#goTo(Math.max(0, row - (this.#wrap ? 1 : Math.floor(fit / 2))));
    this.update();
  }

  /** Bring a row to the top. */
  goToRow(row: number): void {
    this.following = false;
    this.#goTo(row);
    this.update();
  }

  /** The row at the top of the screen. */
  get firstRow(): number {
    return this.#firstRow();
  }

  /** Whether there are more rows than the screen holds. */
  get fills(): boolean {
    return this.#store.rowCount * this.#rowHeight > this.#height;
  }

  /** Draw now what is to be seen. */
  paint(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#measure();
    const rows = this.#store.rowCount;
    const height = rows * this.#rowHeight + (this.#wrap ? Math.max(0, this.#height - this.#rowHeight) : 0);
    this.#space.style.height = `${height}px`;
    if (this.following) this.#scrollTo(height);
    else if (this.#anchor) this.#scrollTo(this.#store.rowOf(this.#anchor) * this.#rowHeight + this.#offset);
    this.#draw();
    this.#options.moved();
  }

  #draw(atEnd = this.following): void {
    const rows = this.#store.rowCount;
    const fit = this.#fit();
    const first = this.#wrap && atEnd ? Math.max(0, rows - fit) : this.#firstRow();
    const from = Math.max(0, first - (this.#wrap ? 0 : SPARE));
    const to = Math.min(rows, first + fit + SPARE);
    const elements: HTMLElement[] = [];
    const kept = new Map<string, HTMLElement>();
    for (let row = from; row < to; row++) {
      const place = this.#store.at(row);
      if (!place) break;
      const key = `${place.chunk.id}:${place.line}`;
      const element = this.#drawn.get(key) ?? this.#options.draw(place);
      kept.set(key, element);
      elements.push(element);
    }
    this.#drawn = kept;
    this.#arrange(elements);
    const shift = this.#wrap ? this.#wrapShift(atEnd) : from * this.#rowHeight - this.#top;
    this.#rows.style.transform = `translateY(${shift}px)`;
    const anchor = this.#store.at(this.#firstRow());
    if (anchor) {
      this.#anchor = anchor;
      this.#offset = this.#top - this.#firstRow() * this.#rowHeight;
    }
    // Behind the last row there is nothing to see: it ends at the bottom.
    if (this.#wrap && !atEnd && to === rows && this.#rows.offsetHeight < this.#height && first > 0)
      this.#draw(true);
  }

  /** Wrapped rows are as high as they are: the last ones end at the bottom, any other screen begins at its top. */
  #wrapShift(atEnd: boolean): number {
    return atEnd ? Math.min(0, this.#height - this.#rows.offsetHeight) : 0;
  }

  /** Only what is new, or out of its place, is touched. */
  #arrange(elements: readonly HTMLElement[]): void {
    const wanted = new Set<Element>(elements);
    for (const child of [...this.#rows.children]) if (!wanted.has(child)) child.remove();
    let at = this.#rows.firstElementChild;
    for (const element of elements) {
      if (at === element) at = at.nextElementSibling;
      else this.#rows.insertBefore(element, at);
    }
  }

  #firstRow(): number {
    return Math.floor(this.#top / this.#rowHeight);
  }

  #fit(): number {
    return Math.ceil(this.#height / this.#rowHeight) + 1;
  }

  #goTo(row: number): void {
    this.#anchor = this.#store.at(row);
    this.#offset = 0;
  }

  #scrollTo(top: number): void {
    const most = Math.max(0, this.element.scrollHeight - this.element.clientHeight);
    const wanted = Math.min(Math.max(0, top), most);
    if (Math.abs(this.element.scrollTop - wanted) >= 1) this.element.scrollTop = wanted;
    this.#top = this.element.scrollTop;
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    if (Math.abs(scrollTop - this.#top) < 1) return;
    const up = scrollTop < this.#top;
    this.#top = scrollTop;
    const end = scrollTop + clientHeight >= scrollHeight - 2;
    if (end) this.following = true;
    else if (up) this.following = false;
    this.#draw();
    this.#options.moved();
  }

  /** The wheel is turned while lines come: they do not pull back. */
  #release(): void {
    if (this.element.scrollTop <= 0) return;
    this.following = false;
  }

  #key(event: KeyboardEvent): void {
    if (event.target !== this.element || event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, this.#fit() - 3);
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: -1,
      ArrowDown: 1,
      PageUp: -page,
      PageDown: page,
    };
    if (event.key === 'End') this.follow();
    else if (event.key === 'Home') this.goToRow(0);
    else if (event.key in steps) {
      this.element.scrollTop += (steps[event.key] ?? 0) * this.#rowHeight;
    } else return;
    event.preventDefault();
  }

  /** The editor's font may change. */
  #measure(): void {
    const line = parseFloat(getComputedStyle(this.element).lineHeight);
    if (line > 0) this.#rowHeight = Math.round(line);
    this.#height = this.element.clientHeight;
    this.element.style.setProperty('--row', `${this.#rowHeight}px`);
    this.element.style.setProperty('--screen', `${this.#height}px`);
  }
}
