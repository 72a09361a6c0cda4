import './grid.css';
import {
  provideVSCodeDesignSystem,
  vsCodeDataGrid,
  vsCodeDataGridCell,
  vsCodeDataGridRow,
} from '@vscode/webview-ui-toolkit';
import { el, setText } from './dom';
import { sorted, type Column, type Sort } from './sort';

provideVSCodeDesignSystem().register(vsCodeDataGrid(), vsCodeDataGridCell(), vsCodeDataGridRow());

export interface GridOptions<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  /** Of a row, the same for as long as it lives. */
  readonly key: (row: Row) => string;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly onSelect: (key: string) => void;
}

interface Shown {
  readonly element: HTMLElement;
  readonly cells: readonly HTMLElement[];
}

/**
 * A table on `vscode-data-grid`: the arrow keys move between its cells, Enter or a click on a heading sorts, and on a
 * row selects. Rows live as long as their key, so focus and hover survive new values.
 */
export class SortableGrid<Row> {
  readonly element: HTMLElement;
  readonly #options: GridOptions<Row>;
  readonly #headings: readonly HTMLElement[];
  readonly #shown = new Map<string, Shown>();
  #rows: readonly Row[] = [];
  #sort: Sort;
  #selected: readonly string[] = [];

  constructor(options: GridOptions<Row>) {
    this.#options = options;
    this.#sort = options.sort;
    const widths = options.columns.map(({ width }) => width).join(' ');
    this.element = el('vscode-data-grid', {
      'aria-label': options.label,
      'generate-header': 'none',
      'grid-template-columns': widths,
    });
    this.#headings = options.columns.map((column, index) => this.#cell(column, index, 'columnheader'));
    this.element.append(el('vscode-data-grid-row', { 'row-type': 'sticky-header' }, ...this.#headings));
    this.#headings.forEach((heading, index) => {
      setText(heading, options.columns[index]?.title ?? '');
      whenActivated(heading, () => this.#sortBy(index));
    });
    this.#showSort();
  }

  update(rows: readonly Row[], selected: readonly string[]): void {
    this.#rows = sorted(rows, this.#options.columns, this.#sort);
    this.#selected = selected;
    const keys = new Set(this.#rows.map((row) => this.#options.key(row)));
    for (const [key, { element }] of this.#shown) {
      if (keys.has(key)) continue;
      element.remove();
      this.#shown.delete(key);
    }
    for (const row of this.#rows) this.#fill(row);
    this.#order();
  }

  #fill(row: Row): void {
    const key = this.#options.key(row);
    const shown = this.#shown.get(key) ?? this.#add(key);
    this.#options.columns.forEach((column, index) => {
      const cell = shown.cells[index];
      if (cell) setText(cell, column.text(row));
    });
    shown.element.setAttribute('aria-selected', String(this.#selected.includes(key)));
  }

  #add(key: string): Shown {
    const cells = this.#options.columns.map((column, index) => this.#cell(column, index, 'default'));
    const element = el('vscode-data-grid-row', {}, ...cells);
    whenActivated(element, () => this.#options.onSelect(key));
    const shown = { element, cells };
    this.#shown.set(key, shown);
    this.element.append(element);
    return shown;
  }

  #cell(column: Column<Row>, index: number, type: string): HTMLElement {
    const attributes = { 'cell-type': type, 'grid-column': String(index + 1) };
    return el('vscode-data-grid-cell', column.numeric ? { ...attributes, class: 'numeric' } : attributes);
  }

  /** Moves only what is out of place, and gives the focus back to a cell that lost it on the way. */
  #order(): void {
    const focused = document.activeElement;
    let after: Element | null = this.element.firstElementChild;
    for (const row of this.#rows) {
      const element = this.#shown.get(this.#options.key(row))?.element;
      if (!element) continue;
      if (after?.nextElementSibling !== element) after?.after(element);
      after = element;
    }
    if (
      focused instanceof HTMLElement &&
      focused !== document.activeElement &&
      this.element.contains(focused)
    )
      focused.focus();
  }

  #sortBy(index: number): void {
    const column = this.#options.columns[index];
    if (!column) return;
    const same = this.#sort.column === column.id;
    const descending = same ? !this.#sort.descending : column.numeric === true;
    this.#sort = { column: column.id, descending };
    this.#showSort();
    this.update(this.#rows, this.#selected);
    this.#options.onSort(this.#sort);
  }

  #showSort(): void {
    this.#headings.forEach((heading, index) => {
      const active = this.#options.columns[index]?.id === this.#sort.column;
      const order = this.#sort.descending ? 'descending' : 'ascending';
      heading.setAttribute('aria-sort', active ? order : 'none');
    });
  }
}

function whenActivated(element: HTMLElement, act: () => void): void {
  element.addEventListener('click', act);
  element.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    act();
  });
}
