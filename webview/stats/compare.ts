import type { StatsPoint, StatsStrings } from '../../src/protocol/stats';
import type { ChartLine } from '../shared/chart';
import { el, setText } from '../shared/dom';
import { fill } from '../shared/l10n';
import { together } from '../shared/scale';
import { visible } from '../shared/visible';
import { ChartGroup, MEASURES, type ChartPlan, type Measure } from './chartGroup';
import { columns, type Looked } from './model';

const COLOURS = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'] as const;

/** Lines that can be told apart: each colour drawn through, then each dashed. */
export const COMPARED = COLOURS.length * 2;

/** Of network and disk, both directions as one: a line for each container and no more. */
const PICKS: Readonly<Record<Measure, (point: StatsPoint) => number | undefined>> = {
  cpu: (point) => point.cpuPercent,
  memory: (point) => point.memoryUsed,
  network: ({ netRxRate, netTxRate }) => sum(netRxRate, netTxRate),
  disk: ({ blockReadRate, blockWriteRate }) => sum(blockReadRate, blockWriteRate),
};

/** Several containers, a line for each of them in every chart. */
export class Comparison {
  readonly element: HTMLElement;
  readonly #strings: StatsStrings;
  readonly #hint = el('p', { class: 'quiet', role: 'status' });
  readonly #box = el('div');
  #group: ChartGroup | undefined;
  #drawn = '';

  constructor(strings: StatsStrings) {
    this.#strings = strings;
    this.element = el('section', { 'aria-label': strings.compare }, this.#hint, this.#box);
  }

  /** `left`: how many more were chosen than can be drawn. */
  update(looked: readonly Looked[], left: number): void {
    const names = looked.map(({ container }) => visible(container.name));
    const keys = JSON.stringify(looked.map(({ container }, index) => [container.key, names[index]]));
    setText(this.#hint, left > 0 ? fill(this.#strings.compareMost, COMPARED) : this.#strings.compareHint);
    if (keys !== this.#drawn) {
      this.#drawn = keys;
      this.#group?.dispose();
      this.#group = new ChartGroup(this.#strings, this.#plans(names));
      this.#box.append(this.#group.element);
    }
    for (const measure of MEASURES)
      this.#group?.draw(measure, together(looked.map(({ points }) => columns(points, [PICKS[measure]]))));
  }

  #plans(names: readonly string[]): Record<Measure, ChartPlan> {
    const lines = names.map((label, index): ChartLine => {
      const colour = COLOURS[index % COLOURS.length] ?? COLOURS[0];
      return { label, colour, dashed: index >= COLOURS.length };
    });
    const { cpu, memory, network, disk, bothWays } = this.#strings;
    return {
      cpu: { title: cpu, lines },
      memory: { title: memory, lines },
      network: { title: fill(bothWays, network), lines },
      disk: { title: fill(bothWays, disk), lines },
    };
  }
}

function sum(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? undefined : one + other;
}
