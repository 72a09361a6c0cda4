import type { DetailsProcesses, DetailsStrings } from '../../src/protocol/details';
import { el, setText } from '../shared/dom';
import { SortableGrid } from '../shared/grid';
import { fill } from '../shared/l10n';
import type { Column, Sort } from '../shared/sort';
import { shown } from '../shared/visible';

type Process = readonly string[];

/** The columns of a `ps`, as whatever `ps` the engine has names them. */
export function processColumns(titles: readonly string[]): readonly Column<Process>[] {
  return titles.map((title, index): Column<Process> => {
    const numeric = /^(?:PID|PPID|C|%CPU|%MEM|RSS|VSZ)$/.test(title);
    const wide = index === titles.length - 1;
    return {
      id: title,
      title,
      width: wide ? 'minmax(16em, 6fr)' : 'minmax(4em, 1fr)',
      text: (process) => shown(process[index] ?? '', 2000),
      value: (process) => (numeric ? Number(process[index]) : process[index]),
      numeric,
    };
  });
}

/** The processes of a container, in the order that was chosen. */
export class ProcessesView {
  readonly element: HTMLElement;
  readonly #strings: DetailsStrings;
  readonly #notice = el('p', { class: 'notice', role: 'status' });
  readonly #box = el('div', { class: 'processes' });
  readonly #more = el('p', { class: 'quiet' });
  #grid: SortableGrid<Process> | undefined;
  #titles = '';
  #sort: Sort = { column: 'PID', descending: false };
  #selected: string | undefined;

  constructor(strings: DetailsStrings) {
    this.#strings = strings;
    setText(this.#notice, strings.reading);
    this.element = el('div', {}, this.#notice, this.#box, this.#more);
  }

  update({ titles, processes, more, problem }: DetailsProcesses): void {
    const none = titles.length === 0 ? this.#strings.notRunning : '';
    setText(this.#notice, shown(problem ?? none));
    this.#notice.classList.toggle('problem', problem !== undefined);
    this.#box.hidden = titles.length === 0;
    setText(this.#more, more > 0 ? fill(this.#strings.more, more) : '');
    if (titles.length === 0) return;
    if (titles.join('\n') !== this.#titles) this.#create(titles);
    this.#grid?.update(processes, this.#selected === undefined ? [] : [this.#selected]);
  }

  #create(titles: readonly string[]): void {
    this.#titles = titles.join('\n');
    const pid = titles.indexOf('PID');
    this.#grid = new SortableGrid<Process>({
      label: this.#strings.processes,
      columns: processColumns(titles),
      key: (process) => process[pid] ?? process.join(' '),
      sort: this.#sort,
      onSort: (sort) => (this.#sort = sort),
      onSelect: (key) => (this.#selected = key),
    });
    this.#box.replaceChildren(this.#grid.element);
  }
}
