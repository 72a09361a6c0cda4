import type { CleanupKind, DiskItem, DiskStrings, DiskSum, DiskVerdict } from '../../src/protocol/disk';
import { el, setText } from '../shared/dom';
import { fill } from '../shared/l10n';
import { diskSize } from '../shared/units';

interface Line {
  readonly item: DiskItem;
  readonly box: HTMLInputElement;
  readonly why: HTMLElement;
}

/** Everything of one kind, the largest first, each with a box to tick. */
export class Section {
  readonly element: HTMLElement;
  readonly #strings: DiskStrings;
  readonly #lines: readonly Line[];
  readonly #all = el('input', { type: 'checkbox' });

  constructor(
    kind: CleanupKind,
    items: readonly DiskItem[],
    sum: DiskSum,
    strings: DiskStrings,
    onTick: () => void,
  ) {
    this.#strings = strings;
    const title = strings[`kind.${kind}`];
    this.#lines = [...items].sort((a, b) => b.size - a.size).map((item) => line(item, strings, onTick));
    this.#all.setAttribute('aria-label', fill(strings.tickAll, title));
    this.#all.addEventListener('change', () => {
      for (const { item, box } of this.#lines) if (!item.busy) box.checked = this.#all.checked;
      onTick();
    });
    const { count, active, size, reclaimable } = sum;
    this.element = el(
      'section',
      { 'data-kind': kind },
      el('h2', {}, title),
      el('p', { class: 'quiet' }, fill(strings.sum, count, active, diskSize(size), diskSize(reclaimable))),
      this.#lines.length === 0 ? el('p', { class: 'quiet' }, strings.empty) : this.#table(title),
    );
  }

  get ticked(): string[] {
    return this.#lines.filter(({ box }) => box.checked).map(({ item }) => item.key);
  }

  show({ ticked, kept, blocked }: DiskVerdict): void {
    const going = new Set(ticked);
    for (const { item, box, why } of this.#lines) {
      box.checked = going.has(item.key);
      box.disabled = item.busy;
      setText(why, box.checked ? '' : this.#why(item, blocked[item.key], kept[item.key]));
    }
    const free = this.#lines.filter(({ item }) => !item.busy);
    const chosen = free.filter(({ box }) => box.checked).length;
    this.#all.checked = chosen > 0 && chosen === free.length;
    this.#all.indeterminate = chosen > 0 && chosen < free.length;
    this.#all.disabled = free.length === 0;
  }

  #why(
    item: DiskItem,
    users: readonly string[] | undefined,
    reason: DiskVerdict['kept'][string] | undefined,
  ): string {
    const strings = this.#strings;
    if (users && users.length > 0) return fill(strings.usedBy, users.join(', '));
    if (item.busy)
      return item.kind === 'containers' ? strings['busy.containers'] : strings['busy.buildCache'];
    return reason ? strings[`keep.${reason}`] : '';
  }

  #table(title: string): HTMLElement {
    const { name, size, unique, shared, age, state } = this.#strings;
    const numeric = { class: 'numeric', scope: 'col' };
    return el(
      'table',
      { 'aria-label': title },
      el(
        'thead',
        {},
        el(
          'tr',
          {},
          el('th', { scope: 'col' }, this.#all),
          el('th', { scope: 'col' }, name),
          el('th', numeric, size),
          el('th', numeric, unique),
          el('th', numeric, shared),
          el('th', { scope: 'col' }, age),
          el('th', { scope: 'col' }, state),
        ),
      ),
      el('tbody', {}, ...this.#lines.map((one) => this.#row(one))),
    );
  }

  #row({ item, box, why }: Line): HTMLElement {
    const { unknown, anonymous } = this.#strings;
    const known = item.size >= 0;
    const bytes = (value: number): string => (known ? diskSize(value) : unknown);
    const name = el('td', { class: 'theirs name', title: item.name }, item.name);
    if (item.anonymous) name.append(' ', el('span', { class: 'badge' }, anonymous));
    const date = new Intl.DateTimeFormat(document.documentElement.lang, {
      dateStyle: 'medium',
      timeStyle: 'short',
    });
    return el(
      'tr',
      {},
      el('td', {}, box),
      name,
      el('td', { class: 'numeric' }, bytes(item.size)),
      el('td', { class: 'numeric' }, bytes(Math.max(0, item.size) - item.shared)),
      el('td', { class: 'numeric' }, bytes(item.shared)),
      el('td', {}, item.time === 0 ? unknown : date.format(item.time)),
      why,
    );
  }
}

function line(item: DiskItem, strings: DiskStrings, onTick: () => void): Line {
  const box = el('input', { type: 'checkbox', 'aria-label': fill(strings.tickOne, item.name) });
  box.addEventListener('change', onTick);
  return { item, box, why: el('td', { class: 'theirs quiet' }) };
}
