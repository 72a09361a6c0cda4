import './chart.css';
import { el, setText, svg } from './dom';
import { fill } from './l10n';
import { linePath, nearest, roundUp, type ChartData } from './scale';

export interface ChartOptions {
  readonly title: string;
  readonly lines: readonly {
    readonly label: string;
    readonly colour: 'blue' | 'purple' | 'orange' | 'green';
  }[];
  readonly base: 1000 | 1024;
  /** The scale does not end below this, so that next to nothing does not look like much. */
  readonly leastTop: number;
  /** ms that are shown at least and at most, up to the last time there is. */
  readonly span: readonly [least: number, most: number];
  readonly format: (value: number) => string;
  readonly formatTime: (time: number) => string;
  /** `chartSummary` and `chartEmpty` of the panel's strings. */
  readonly words: { readonly chartSummary: string; readonly chartEmpty: string };
}

/** Something that happened, as a line over all the others. */
export interface ChartMark {
  readonly time: number;
  readonly text: string;
}

const WIDTH = 1000;
const HEIGHT = 100;

/** Lines over time. The arrow keys and the pointer read single values; the whole is told in words as well. */
export class LineChart {
  readonly element: HTMLElement;
  readonly #options: ChartOptions;
  readonly #picture: SVGSVGElement;
  readonly #paths: readonly SVGPathElement[];
  readonly #cursorLine = svg('line', { class: 'cursor', y1: '0', y2: String(HEIGHT), visibility: 'hidden' });
  readonly #keys: readonly HTMLElement[];
  readonly #at = el('span', { class: 'at' });
  readonly #scale = [el('span'), el('span'), el('span')] as const;
  readonly #times = [el('span'), el('span')] as const;
  readonly #spoken = el('span', { class: 'visually-hidden', 'aria-live': 'polite' });
  #data: ChartData = [[]];
  #span: ChartOptions['span'];
  #marks: readonly ChartMark[] = [];
  #markLines: readonly SVGLineElement[] = [];
  #cursor: number | undefined;

  constructor(options: ChartOptions) {
    this.#options = options;
    this.#span = options.span;
    const classes = options.lines.map(({ colour }, index) => `${colour}${index > 0 ? ' second' : ''}`);
    this.#keys = classes.map((names) => el('span', { class: `key ${names}` }));
    this.#paths = classes.map((names) => svg('path', { class: names }));
    this.#picture = svg('svg', {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: 'none',
      role: 'img',
      tabindex: '0',
    });
    const levels = [0, HEIGHT / 2, HEIGHT].map(String);
    const grid = levels.map((y) => svg('line', { x1: '0', x2: String(WIDTH), y1: y, y2: y }));
    this.#picture.append(...grid, this.#cursorLine, ...this.#paths);
    this.#picture.addEventListener('pointermove', (event) => {
      const { left, width } = this.#picture.getBoundingClientRect();
      const { from, to } = this.#range();
      this.#cursor = from + ((event.clientX - left) / width) * (to - from);
      this.#point();
    });
    for (const leave of ['pointerleave', 'blur']) {
      this.#picture.addEventListener(leave, () => {
        this.#cursor = undefined;
        this.#point();
      });
    }
    this.#picture.addEventListener('keydown', (event) => this.#key(event));
    this.element = el(
      'figure',
      { class: 'chart' },
      el('figcaption', {}, el('h3', {}, options.title), ...this.#keys, this.#at, this.#spoken),
      el(
        'div',
        { class: 'frame' },
        el('div', { class: 'scale', 'aria-hidden': 'true' }, ...this.#scale),
        this.#picture,
        el('div', { class: 'times', 'aria-hidden': 'true' }, ...this.#times),
      ),
    );
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
    const { base, leastTop, format, formatTime } = this.#options;
    const [times, ...lines] = data;
    const { from, to } = this.#range();
    const top = roundUp(Math.max(leastTop, ...lines.flatMap((line) => this.#shown(line))), base);
    const box = { from, to, top, width: WIDTH, height: HEIGHT };
    lines.forEach((line, index) => this.#paths[index]?.setAttribute('d', linePath(times, line, box)));
    this.#scale.forEach((text, index) => setText(text, format(top * (1 - index / 2))));
    this.#times.forEach((text, i) => setText(text, times.length > 0 ? formatTime(i === 0 ? from : to) : ''));
    this.#drawMarks();
    this.#picture.setAttribute('aria-label', this.#summary());
    if (this.#cursor !== undefined && this.#cursor < from) this.#cursor = undefined;
    this.#point();
  }

  #drawMarks(): void {
    const { from, to } = this.#range();
    for (const line of this.#markLines) line.remove();
    this.#markLines = this.#marks
      .filter(({ time }) => time >= from && time <= to)
      .map(({ time, text }) => {
        const x = String(((time - from) / Math.max(1, to - from)) * WIDTH);
        const line = svg('line', { class: 'mark', x1: x, x2: x, y1: '0', y2: String(HEIGHT) });
        const title = svg('title');
        setText(title, text);
        line.append(title);
        return line;
      });
    this.#picture.append(...this.#markLines);
  }

  #range(): { from: number; to: number } {
    const [times] = this.#data;
    const [least, most] = this.#span;
    // What ended it came after its last value.
    const to = Math.max(times.at(-1) ?? 0, this.#marks.at(-1)?.time ?? 0);
    return { from: Math.max(to - most, Math.min(to - least, times[0] ?? to)), to };
  }

  /** The values of one line that are inside the frame. */
  #shown(line: readonly (number | null)[]): readonly number[] {
    const { from } = this.#range();
    return line.filter((value, i): value is number => value !== null && (this.#data[0][i] ?? 0) >= from);
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
    const [times, ...lines] = this.#data;
    const step = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (step === 0 || times.length === 0) return;
    event.preventDefault();
    const at = this.#cursor === undefined ? times.length : (nearest(this.#data, this.#cursor) ?? 0);
    let index = at + step;
    // Over the interruptions, to the next value.
    while (index in times && !lines.some((line) => typeof line[index] === 'number')) index += step;
    if (index in times) this.#cursor = times[index];
    this.#point();
    setText(this.#spoken, `${this.#at.textContent} ${this.#keys.map((key) => key.textContent).join(', ')}`);
  }

  /** Show the values at the cursor, or the last ones without one. */
  #point(): void {
    const { format, formatTime, lines } = this.#options;
    const [times, ...columns] = this.#data;
    const { from, to } = this.#range();
    const index = this.#cursor === undefined ? undefined : nearest(this.#data, this.#cursor);
    const time = index === undefined ? undefined : times[index];
    const x = String((((time ?? to) - from) / (to - from)) * WIDTH);
    this.#cursorLine.setAttribute('visibility', time === undefined ? 'hidden' : 'visible');
    this.#cursorLine.setAttribute('x1', x);
    this.#cursorLine.setAttribute('x2', x);
    setText(this.#at, time === undefined ? '' : formatTime(time));
    lines.forEach(({ label }, line) => {
      const value = columns[line]?.[index ?? times.length - 1];
      const shown = typeof value === 'number' ? format(value) : '–';
      const key = this.#keys[line];
      if (key) setText(key, label === '' ? shown : `${label} ${shown}`);
    });
  }
}
