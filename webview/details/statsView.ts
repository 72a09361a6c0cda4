import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';
import type { DetailsMark, DetailsStrings } from '../../src/protocol/details';
import type { StatsPoint, StatsToWebview } from '../../src/protocol/stats';
import { el, setText } from '../shared/dom';
import { fill, moment } from '../shared/l10n';
import { visible } from '../shared/visible';
import { StatsDetails } from '../stats/details';
import { StatsModel, type StatsRow } from '../stats/model';

provideVSCodeDesignSystem().register(vsCodeButton());

/** Minutes that can be shown; the host keeps as many as the last says. */
const MINUTES = [1, 5, 15] as const;
/** Events that are listed below the charts. */
const LISTED = 20;

/** The charts of one container, which can be held still, and what happened to it. */
export class StatsView {
  readonly element: HTMLElement;
  readonly model = new StatsModel(15 * 60_000);
  readonly #strings: DetailsStrings;
  readonly #charts: StatsDetails;
  readonly #events = el('ul', { class: 'events' });
  readonly #eventBox: HTMLElement;
  readonly #pause: HTMLElement;
  #marks: readonly DetailsMark[] = [];
  #span = 5 * 60_000;
  #held:
    | {
        readonly row: StatsRow;
        readonly points: readonly StatsPoint[];
        readonly marks: readonly DetailsMark[];
      }
    | undefined;

  constructor(strings: DetailsStrings, onCsv: () => void) {
    this.#strings = strings;
    this.#charts = new StatsDetails(strings, { headed: false });
    this.#pause = el('vscode-button', { appearance: 'secondary', 'aria-pressed': 'false' }, strings.pause);
    this.#pause.addEventListener('click', () => this.#hold());
    const csv = el('vscode-button', { appearance: 'secondary' }, strings.csv);
    csv.addEventListener('click', onCsv);
    const span = el(
      'select',
      { 'aria-label': strings.span },
      ...MINUTES.map((count) => el('option', { value: String(count) }, fill(strings.minutes, count))),
    );
    span.value = '5';
    span.addEventListener('change', () => {
      this.#span = Number(span.value) * 60_000;
      this.#frame();
      this.render();
    });
    this.#eventBox = el('section', {}, el('h2', {}, strings.events), this.#events);
    this.#eventBox.hidden = true;
    this.element = el(
      'div',
      {},
      el('div', { class: 'bar' }, this.#pause, span, csv),
      this.#charts.element,
      this.#eventBox,
    );
    this.#frame();
  }

  /** Whether the history is to be asked for: the container is known for the first time. */
  apply(message: StatsToWebview): string | undefined {
    this.model.apply(message, Date.now());
    const [container] = this.model.containers;
    if (!container || this.model.opened) return undefined;
    this.model.open(container.key);
    return container.key;
  }

  mark(marks: readonly DetailsMark[]): void {
    this.#marks = marks;
    this.#eventBox.hidden = marks.length === 0;
    const newest = marks.slice(-LISTED).reverse();
    this.#events.replaceChildren(...newest.map((mark) => el('li', {}, this.#said(mark))));
    this.#frame();
  }

  render(): void {
    const opened = this.model.opened;
    if (!opened) return;
    const now = Date.now();
    const { row, points } = this.#held ?? {
      row: this.model.row(opened.container, now),
      points: opened.points,
    };
    this.#charts.update(row, points, now);
  }

  #said({ time, kind, detail }: DetailsMark): string {
    return `${moment(time)} ${fill(this.#strings[`mark.${kind}`], visible(detail))}`;
  }

  #frame(): void {
    this.#charts.frame(
      this.#span,
      (this.#held?.marks ?? this.#marks).map((mark) => ({ time: mark.time, text: this.#said(mark) })),
    );
  }

  /** What is measured meanwhile is kept, and there when it goes on. */
  #hold(): void {
    const opened = this.model.opened;
    this.#held =
      this.#held || !opened
        ? undefined
        : {
            row: this.model.row(opened.container, Date.now()),
            points: opened.points,
            marks: this.#marks,
          };
    this.#frame();
    this.#pause.setAttribute('aria-pressed', String(this.#held !== undefined));
    setText(this.#pause, this.#held ? this.#strings.goOn : this.#strings.pause);
    this.render();
  }
}
