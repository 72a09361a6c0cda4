import { provideVSCodeDesignSystem, vsCodeButton, vsCodeProgressRing } from '@vscode/webview-ui-toolkit';
import type { StatsPoint, StatsStrings } from '../../src/protocol/stats';
import type { ChartMark } from '../shared/chart';
import { el, setText } from '../shared/dom';
import { ChartGroup, MEASURES, type ChartPlan, type Measure } from './chartGroup';
import { columns, isRunning, type StatsRow } from './model';
import { notice, tiles, type TileId } from './words';

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeProgressRing());

/** One container: what it is, its newest numbers, and their course over the last minutes. */
export class StatsDetails {
  readonly element: HTMLElement;
  readonly #strings: StatsStrings;
  readonly #name = el('h1', { class: 'theirs' });
  readonly #state = el('span', { class: 'badge' });
  readonly #image = el('span', { class: 'theirs quiet' });
  readonly #notice = el('p', { class: 'notice', role: 'status' });
  readonly #waiting: HTMLElement;
  readonly #tiles: Readonly<Record<TileId, { value: HTMLElement; note: HTMLElement }>>;
  readonly #charts: ChartGroup;
  #drawn: readonly StatsPoint[] | undefined;

  /** `headed`: with the container's name and state above. */
  constructor(strings: StatsStrings, { headed = true }: { readonly headed?: boolean } = {}) {
    this.#strings = strings;
    const tile = () => ({ value: el('dd', { class: 'value' }), note: el('dd', { class: 'quiet' }) });
    this.#tiles = { cpu: tile(), memory: tile(), network: tile(), disk: tile(), pids: tile() };
    this.#charts = new ChartGroup(strings, plans(strings));
    this.#waiting = el('span', { class: 'waiting quiet' }, el('vscode-progress-ring'), strings.waiting);
    const ids = ['cpu', 'memory', 'network', 'disk', 'pids'] as const;
    this.element = el(
      'section',
      { 'aria-live': 'off' },
      ...(headed
        ? [el('header', {}, this.#name, this.#state, this.#image, this.#waiting), this.#notice]
        : [this.#waiting]),
      el(
        'dl',
        { class: 'tiles' },
        ...ids.map((id) =>
          el(
            'div',
            { class: `tile ${id}` },
            el('dt', {}, strings[id]),
            this.#tiles[id].value,
            this.#tiles[id].note,
          ),
        ),
      ),
      this.#charts.element,
    );
  }

  /** Show this many ms, with these marks, from the next update on. */
  frame(span: number, marks: readonly ChartMark[]): void {
    this.#charts.frame(span, marks);
    this.#drawn = undefined;
  }

  update({ container, point }: StatsRow, points: readonly StatsPoint[], now: number): void {
    setText(this.#name, container.name);
    setText(this.#state, this.#strings[`state.${container.state}`]);
    setText(this.#image, container.image);
    setText(this.#notice, notice(container, this.#strings, now));
    this.#notice.classList.toggle('problem', container.problem !== undefined);
    this.#waiting.hidden = !isRunning(container) || container.problem !== undefined || point !== undefined;
    for (const [id, { value, note }] of Object.entries(tiles(point, this.#strings))) {
      setText(this.#tiles[id as TileId].value, value);
      setText(this.#tiles[id as TileId].note, note);
    }
    this.#charts.element.hidden = points.length === 0 && !isRunning(container);
    if (points === this.#drawn) return;
    this.#drawn = points;
    for (const measure of MEASURES) this.#charts.draw(measure, columns(points, PICKS[measure]));
  }
}

function plans(strings: StatsStrings): Record<Measure, ChartPlan> {
  const { cpu, memory, network, disk, received, sent, read, written } = strings;
  return {
    cpu: { title: cpu, lines: [{ label: '', colour: 'blue' }] },
    memory: { title: memory, lines: [{ label: '', colour: 'purple' }] },
    network: {
      title: network,
      lines: [
        { label: received, colour: 'blue' },
        { label: sent, colour: 'orange', dashed: true },
      ],
    },
    disk: {
      title: disk,
      lines: [
        { label: read, colour: 'blue' },
        { label: written, colour: 'orange', dashed: true },
      ],
    },
  };
}

const PICKS: Readonly<Record<Measure, readonly ((point: StatsPoint) => number | undefined)[]>> = {
  cpu: [(point) => point.cpuPercent],
  memory: [(point) => point.memoryUsed],
  network: [(point) => point.netRxRate, (point) => point.netTxRate],
  disk: [(point) => point.blockReadRate, (point) => point.blockWriteRate],
};
