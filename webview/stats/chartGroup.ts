import type { StatsStrings } from '../../src/protocol/stats';
import {
  LineChart,
  type ChartLine,
  type ChartMark,
  type ChartOptions,
  type ChartRange,
} from '../shared/chart';
import { el } from '../shared/dom';
import { moment } from '../shared/l10n';
import type { ChartData } from '../shared/scale';
import { binarySize, percent, rate } from '../shared/units';
import { SPAN } from './model';

export const MEASURES = ['cpu', 'memory', 'network', 'disk'] as const;
export type Measure = (typeof MEASURES)[number];

export interface ChartPlan {
  readonly title: string;
  readonly lines: readonly ChartLine[];
}

const BYTES = { base: 1000, leastTop: 1000, format: rate } as const;
const SCALES: Readonly<Record<Measure, Pick<ChartOptions, 'base' | 'leastTop' | 'format'>>> = {
  cpu: { base: 1000, leastTop: 1, format: percent },
  memory: { base: 1024, leastTop: 1024 ** 2, format: binarySize },
  network: BYTES,
  disk: BYTES,
};

/** A chart for each of what is measured; all of them show the same time. */
export class ChartGroup {
  readonly element: HTMLElement;
  readonly #charts: Readonly<Record<Measure, LineChart>>;
  readonly #reset: HTMLElement;

  constructor(strings: StatsStrings, plans: Readonly<Record<Measure, ChartPlan>>) {
    const chart = (measure: Measure) =>
      new LineChart({
        ...plans[measure],
        ...SCALES[measure],
        span: [60_000, SPAN],
        formatTime: (time) => moment(time),
        words: strings,
        onZoom: (range) => this.#zoom(range),
      });
    this.#charts = {
      cpu: chart('cpu'),
      memory: chart('memory'),
      network: chart('network'),
      disk: chart('disk'),
    };
    this.#reset = el('vscode-button', { appearance: 'secondary', class: 'reset' }, strings.resetZoom);
    this.#reset.hidden = true;
    this.#reset.addEventListener('click', () => this.#zoom(undefined));
    const charts = el('div', { class: 'charts' }, ...MEASURES.map((each) => this.#charts[each].element));
    this.element = el('div', { class: 'chart-group' }, charts, this.#reset);
  }

  /** Show this many ms, with these marks, from the next drawing on. */
  frame(span: number, marks: readonly ChartMark[]): void {
    for (const measure of MEASURES) {
      this.#charts[measure].setSpan([60_000, span]);
      this.#charts[measure].setMarks(marks);
    }
  }

  draw(measure: Measure, data: ChartData): void {
    this.#charts[measure].draw(data);
  }

  dispose(): void {
    for (const measure of MEASURES) this.#charts[measure].dispose();
    this.element.remove();
  }

  #zoom(range: ChartRange | undefined): void {
    for (const measure of MEASURES) this.#charts[measure].zoom(range);
    this.#reset.hidden = range === undefined;
  }
}
