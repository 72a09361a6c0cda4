import './chart.css';
import type uPlot from 'uplot';
import { el, setText } from './dom';
import { fill } from './l10n';
import { onTheme, plot } from './plot';
import { nearest, pieces, type ChartData } from './scale';

export interface ChartLine {
  readonly label: string;
  readonly colour: 'blue' | 'purple' | 'orange' | 'green' | 'red' | 'yellow';
  readonly dashed?: boolean;
}

export interface ChartOptions {
  readonly title: string;
  readonly lines: readonly ChartLine[];
  readonly base: 1000 | 1024;
  /** The scale does not end below this, so that next to nothing does not look like much. */
  readonly leastTop: number;
  /** ms that are shown at least and at most, up to the last time there is. */
  readonly span: readonly [least: number, most: number];
  readonly format: (value: number) => string;
  readonly formatTime: (time: number) => string;
  /** Of the panel's strings. */
  readonly words: { readonly chartSummary: string; readonly chartEmpty: string; readonly chartZoom: string };
  /** A part of the time was chosen, or all of it again: what stands beside it is to show the same. */
  readonly onZoom: (range: ChartRange | undefined) => void;
}

/** ms since 1970. */
export interface ChartRange {
  readonly from: number;
  readonly to: number;
}

/** Something that happened, as a line over all the others. */
export interface ChartMark {
  readonly time: number;
  readonly text: string;
}

/** px between the pointer and a mark at which the mark's words are shown. */
const NEAR = 5;

/**
 * Lines over time. The pointer and the arrow keys read single values, dragging and `+` show less of the time, a double
 * click and Escape all of it; the whole is told in words as well.
 */
export class LineChart {
  readonly element: HTMLElement;
  readonly #options: ChartOptions;
  readonly #frame: HTMLElement;
  readonly #keys: readonly HTMLElement[];
  readonly #at = el('span', { class: 'at theirs' });
  readonly #spoken = el('span', { class: 'visually-hidden', 'aria-live': 'polite' });
  readonly #watching: readonly { disconnect(): void }[];
  #plot: uPlot | undefined;
  #data: ChartData;
  #span: ChartOptions['span'];
  #marks: readonly ChartMark[] = [];
  #zoom: ChartRange | undefined;
  #cursor: number | undefined;

  constructor(options: ChartOptions) {
    this.#options = options;
    this.#span = options.span;
    this.#data = [[], ...options.lines.map(() => [])];
    this.#keys = options.lines.map(({ colour, dashed }) =>
      el('span', { class: `key theirs ${colour}${dashed === true ? ' dashed' : ''}` }),
    );
    this.#frame = el('div', {
      class: 'frame',
      role: 'img',
      tabindex: '0',
      title: options.words.chartZoom,
    });
    this.#frame.addEventListener('keydown', (event) => this.#key(event));
    this.#frame.addEventListener('blur', () => this.#point(undefined));
    this.element = el(
      'figure',
      { class: 'chart' },
      el('figcaption', {}, el('h3', {}, options.title), ...this.#keys, this.#at, this.#spoken),
      this.#frame,
    );
    // It is made when it has a place, and as wide as that is.
    const size = new ResizeObserver(() => this.#fit());
    size.observe(this.#frame);
    this.#watching = [size, onTheme(() => this.#plot?.redraw(false))];
  }

  dispose(): void {
    for (const each of this.#watching) each.disconnect();
    this.#plot?.destroy();
    this.element.remove();
  }

  /** Show more or less of the time from the next drawing on; see `ChartOptions.span`. */
  setSpan(span: ChartOptions['span']): void {
    this.#span = span;
  }

  /** What is marked from the next drawing on. */
  setMarks(marks: readonly ChartMark[]): void {
    this.#marks = marks;
  }

  draw(data: ChartData): void {
    this.#data = data;
    this.#paint();
  }

  /** Show this part of the time and no other, whatever comes; `undefined` for the youngest again. */
  zoom(range: ChartRange | undefined): void {
    this.#zoom = range;
    this.#paint();
  }

  #fit(): void {
    const width = this.#frame.clientWidth;
    if (width === 0) return;
    if (this.#plot) {
      if (this.#plot.width !== width) this.#plot.setSize({ width, height: this.#plot.height });
      return;
    }
    const { onZoom } = this.#options;
    this.#plot = plot(
      this.#options,
      {
        range: () => this.#range(),
        marks: () => this.#marks,
        pointed: (time) => this.#point(time),
        zoomed: onZoom,
      },
      this.#frame,
    );
    this.#paint();
  }

  #paint(): void {
    const { from, to } = this.#range();
    this.#plot?.setData(this.#data as unknown as uPlot.AlignedData);
    this.#frame.setAttribute('aria-label', this.#summary());
    // What the picture shows, for those who cannot look at it.
    const { dataset } = this.element;
    dataset['pieces'] = String(pieces(this.#data[1] ?? []));
    dataset['marks'] = String(this.#marks.filter(({ time }) => time >= from && time <= to).length);
    dataset['from'] = String(Math.round(from));
    dataset['to'] = String(Math.round(to));
    this.#tell();
  }

  #range(): ChartRange {
    if (this.#zoom) return this.#zoom;
    const [times] = this.#data;
    const [least, most] = this.#span;
    // What ended it came after its last value.
    const to = Math.max(times.at(-1) ?? 0, this.#marks.at(-1)?.time ?? 0);
    return { from: Math.max(to - most, Math.min(to - least, times[0] ?? to)), to };
  }

  /** The values of one line that are inside the frame. */
  #shown(line: ChartData[1]): readonly number[] {
    const { from, to } = this.#range();
    const [times] = this.#data;
    return line.filter((value, index): value is number => {
      const time = times[index] ?? 0;
      return typeof value === 'number' && time >= from && time <= to;
    });
  }

  #summary(): string {
    const { title, lines, format, words } = this.#options;
    return lines
      .map(({ label }, index) => {
        const name = label === '' ? title : `${title}, ${label}`;
        const values = this.#shown(this.#data[index + 1] ?? []);
        const now = values.at(-1);
        if (now === undefined) return fill(words.chartEmpty, name);
        const [low, high] = [Math.min(...values), Math.max(...values)];
        return fill(words.chartSummary, name, format(now), format(low), format(high));
      })
      .join(' ');
  }

  #key(event: KeyboardEvent): void {
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    const { from, to } = this.#range();
    if (step !== 0) this.#stepTo(step);
    else if (event.key === '+') {
      // Half of it, around what is looked at.
      const quarter = (to - from) / 4;
      const middle = Math.min(to - quarter, Math.max(from + quarter, this.#cursor ?? to));
      this.#options.onZoom({ from: middle - quarter, to: middle + quarter });
    } else if (event.key === 'Escape' && this.#zoom) this.#options.onZoom(undefined);
    else return;
    event.preventDefault();
  }

  /** To the next time that has a value, over the interruptions. */
  #stepTo(step: number): void {
    const [times, ...lines] = this.#data;
    const { from, to } = this.#range();
    const within = times.filter(
      (time, index) => time >= from && time <= to && lines.some((line) => typeof line[index] === 'number'),
    );
    const at = this.#cursor ?? Infinity;
    const next = step < 0 ? within.findLast((time) => time < at) : within.find((time) => time > at);
    if (next === undefined || !this.#plot) return;
    this.#plot.setCursor({ left: this.#plot.valToPos(next, 'x'), top: 0 }, false);
    this.#point(next);
    setText(this.#spoken, `${this.#at.textContent} ${this.#keys.map((key) => key.textContent).join(', ')}`);
  }

  #point(time: number | undefined): void {
    this.#cursor = time;
    this.#tell();
  }

  /** The values at the cursor, or the last ones without one. */
  #tell(): void {
    const { format, formatTime, lines } = this.#options;
    const [times, ...columns] = this.#data;
    const { from, to } = this.#range();
    const at = this.#cursor ?? to;
    const marked = this.#cursor === undefined ? undefined : this.#markAt(this.#cursor);
    setText(this.#at, this.#cursor === undefined ? '' : (marked?.text ?? formatTime(this.#cursor)));
    lines.forEach(({ label }, index) => {
      const line = columns[index] ?? [];
      const here = nearest(times, line, at);
      const seen = here !== undefined && (times[here] ?? 0) >= from && (times[here] ?? 0) <= to;
      // Without a cursor a line that was interrupted last has no value now.
      const last = line.findLast((value) => value !== undefined);
      const value = this.#cursor === undefined && !this.#zoom ? last : seen ? line[here] : null;
      const shown = typeof value === 'number' ? format(value) : '–';
      const key = this.#keys[index];
      if (key) setText(key, label === '' ? shown : `${label} ${shown}`);
    });
  }

  #markAt(time: number): ChartMark | undefined {
    const { from, to } = this.#range();
    const width = Math.max(1, this.#plot?.over.clientWidth ?? 1);
    const near = ((to - from) / width) * NEAR;
    return this.#marks.find((mark) => Math.abs(mark.time - time) <= near);
  }
}
