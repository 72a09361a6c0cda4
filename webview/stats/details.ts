import { provideVSCodeDesignSystem, vsCodeProgressRing } from '@vscode/webview-ui-toolkit';
import type { StatsPoint, StatsStrings } from '../../src/protocol/stats';
import { LineChart, type ChartMark } from '../shared/chart';
import { el, setText } from '../shared/dom';
import { moment } from '../shared/l10n';
import { binarySize, percent, rate } from '../shared/units';
import { columns, isRunning, SPAN, type StatsRow } from './model';
import { notice, tiles, type TileId } from './words';

provideVSCodeDesignSystem().register(vsCodeProgressRing());

interface DrawnChart {
  readonly chart: LineChart;
  readonly picks: readonly ((point: StatsPoint) => number | undefined)[];
}

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
  readonly #chartBox: HTMLElement;
  readonly #charts: readonly DrawnChart[];
  #drawn: readonly StatsPoint[] | undefined;

  /** `headed`: with the container's name and state above. */
  constructor(strings: StatsStrings, { headed = true }: { readonly headed?: boolean } = {}) {
    this.#strings = strings;
    const tile = () => ({ value: el('dd', { class: 'value' }), note: el('dd', { class: 'quiet' }) });
    this.#tiles = { cpu: tile(), memory: tile(), network: tile(), disk: tile(), pids: tile() };
    this.#charts = charts(strings);
    this.#chartBox = el('div', { class: 'charts' }, ...this.#charts.map(({ chart }) => chart.element));
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
      this.#chartBox,
    );
  }

  /** Show this many ms, with these marks, from the next update on. */
  frame(span: number, marks: readonly ChartMark[]): void {
    for (const { chart } of this.#charts) {
      chart.setSpan([60_000, span]);
      chart.setMarks(marks);
    }
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
    this.#chartBox.hidden = points.length === 0 && !isRunning(container);
    if (points === this.#drawn) return;
    this.#drawn = points;
    for (const { chart, picks } of this.#charts) chart.draw(columns(points, picks));
  }
}

function charts(strings: StatsStrings): readonly DrawnChart[] {
  const shared = {
    span: [60_000, SPAN] as const,
    formatTime: (time: number) => moment(time),
    words: strings,
  };
  const bytes = { ...shared, base: 1000, leastTop: 1000, format: rate } as const;
  return [
    {
      chart: new LineChart({
        ...shared,
        title: strings.cpu,
        lines: [{ label: '', colour: 'blue' }],
        base: 1000,
        leastTop: 1,
        format: percent,
      }),
      picks: [(point) => point.cpuPercent],
    },
    {
      chart: new LineChart({
        ...shared,
        title: strings.memory,
        lines: [{ label: '', colour: 'purple' }],
        base: 1024,
        leastTop: 1024 ** 2,
        format: binarySize,
      }),
      picks: [(point) => point.memoryUsed],
    },
    {
      chart: new LineChart({
        ...bytes,
        title: strings.network,
        lines: [
          { label: strings.received, colour: 'blue' },
          { label: strings.sent, colour: 'orange' },
        ],
      }),
      picks: [(point) => point.netRxRate, (point) => point.netTxRate],
    },
    {
      chart: new LineChart({
        ...bytes,
        title: strings.disk,
        lines: [
          { label: strings.read, colour: 'blue' },
          { label: strings.written, colour: 'orange' },
        ],
      }),
      picks: [(point) => point.blockReadRate, (point) => point.blockWriteRate],
    },
  ];
}
