import type { DetailsTab } from '../../src/protocol/details';
import { el } from '../shared/dom';

export interface Tab {
  readonly id: DetailsTab;
  readonly title: string;
  readonly element: HTMLElement;
}

/** A list of tabs and the panel of the chosen one. Arrow keys go from tab to tab, and round. */
export class Tabs {
  readonly list: HTMLElement;
  readonly panels: readonly HTMLElement[];
  readonly #tabs: readonly Tab[];
  readonly #buttons: readonly HTMLElement[];
  readonly #onChoose: (id: DetailsTab) => void;
  #chosen: DetailsTab | undefined;

  constructor(label: string, tabs: readonly Tab[], onChoose: (id: DetailsTab) => void) {
    this.#tabs = tabs;
    this.#onChoose = onChoose;
    this.#buttons = tabs.map(({ id, title }) =>
      el('button', { type: 'button', role: 'tab', id: `tab-${id}`, 'aria-controls': `panel-${id}` }, title),
    );
    this.#buttons.forEach((button, index) => {
      button.addEventListener('click', () => this.#go(index));
      button.addEventListener('keydown', (event) => this.#key(event, index));
    });
    this.list = el('div', { role: 'tablist', 'aria-label': label }, ...this.#buttons);
    this.panels = tabs.map(({ id, element }) =>
      el(
        'div',
        { role: 'tabpanel', id: `panel-${id}`, 'aria-labelledby': `tab-${id}`, tabindex: '-1' },
        element,
      ),
    );
  }

  get chosen(): DetailsTab | undefined {
    return this.#chosen;
  }

  choose(id: DetailsTab): void {
    if (id === this.#chosen) return;
    this.#chosen = id;
    this.#tabs.forEach((tab, index) => {
      const chosen = tab.id === id;
      this.#buttons[index]?.setAttribute('aria-selected', String(chosen));
      this.#buttons[index]?.setAttribute('tabindex', chosen ? '0' : '-1');
      const panel = this.panels[index];
      if (panel) panel.hidden = !chosen;
    });
    this.#onChoose(id);
  }

  #go(index: number): void {
    const count = this.#tabs.length;
    const to = (index + count) % count;
    const tab = this.#tabs[to];
    if (tab) this.choose(tab.id);
    this.#buttons[to]?.focus();
  }

  #key(event: KeyboardEvent, index: number): void {
    const to = { ArrowRight: index + 1, ArrowLeft: index - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.#go(to);
  }
}
