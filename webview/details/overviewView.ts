import type { DetailsPath, DetailsStrings } from '../../src/protocol/details';
import { el, setText } from '../shared/dom';
import { fill } from '../shared/l10n';
import { shown } from '../shared/visible';
import type { Fact, Section } from './overview';

/** Facts of one section that are drawn; the rest is in the inspect object. */
const MOST = 300;

/** The overview as cards. One is drawn anew only when something in it is different, so that focus stays. */
export class OverviewView {
  readonly element = el('div', { class: 'cards' });
  readonly #strings: DetailsStrings;
  readonly #ask: (path: DetailsPath) => Promise<string>;
  readonly #cards = new Map<string, { readonly element: HTMLElement; drawn: string }>();
  /** What was asked for, by its place; gone with the page. */
  readonly #asked = new Map<string, string>();

  constructor(strings: DetailsStrings, ask: (path: DetailsPath) => Promise<string>) {
    this.#strings = strings;
    this.#ask = ask;
  }

  update(sections: readonly Section[]): void {
    for (const section of sections) {
      const card = this.#cards.get(section.id) ?? { element: el('section', { class: 'card' }), drawn: '' };
      this.#cards.set(section.id, card);
      const text = JSON.stringify(section);
      if (text === card.drawn) continue;
      card.drawn = text;
      card.element.dataset['id'] = section.id;
      card.element.classList.toggle('wide', section.id === 'env' || section.id === 'labels');
      card.element.replaceChildren(...this.#card(section));
    }
    const elements = sections.flatMap(({ id }) => this.#cards.get(id)?.element ?? []);
    const same = elements.every((element, index) => this.element.children[index] === element);
    if (!same || elements.length !== this.element.children.length) this.element.replaceChildren(...elements);
  }

  #card({ title, facts }: Section): HTMLElement[] {
    const rows = facts.slice(0, MOST).flatMap((fact) => this.#fact(fact));
    const more = facts.length - MOST;
    return [
      el('h2', {}, title),
      facts.length === 0 ? el('p', { class: 'quiet' }, this.#strings.none) : el('dl', {}, ...rows),
      ...(more > 0 ? [el('p', { class: 'quiet' }, fill(this.#strings.more, more))] : []),
    ];
  }

  #fact(fact: Fact): readonly HTMLElement[] {
    const name = el('dt', { class: 'theirs' }, shown(fact.name, 500));
    const value = el(fact.output ? 'pre' : 'span', { class: 'theirs' });
    if (fact.href === undefined) setText(value, shown(fact.value));
    else value.append(el('a', { href: fact.href, title: fact.href }, shown(fact.value)));
    return [name, el('dd', {}, value, ...(fact.secret ? [this.#secret(fact, fact.secret, value)] : []))];
  }

  /** Shows the value and hides it again; until then it is not in the page at all. */
  #secret(fact: Fact, path: DetailsPath, value: HTMLElement): HTMLElement {
    const { show, hide } = this.#strings;
    const key = JSON.stringify(path);
    const button = el('button', { type: 'button', class: 'link' });
    const draw = (): void => {
      const known = this.#asked.get(key);
      setText(value, shown(known ?? fact.value));
      setText(button, known === undefined ? show : hide);
      button.setAttribute('aria-label', `${known === undefined ? show : hide}: ${shown(fact.name, 100)}`);
    };
    button.addEventListener('click', () => {
      if (this.#asked.delete(key)) {
        draw();
        return;
      }
      this.#ask(path)
        .then((answer) => {
          const [, env] = /^[^=]*=([^]*)$/.exec(answer) ?? [];
          this.#asked.set(key, path[1] === 'Env' ? (env ?? answer) : answer);
          draw();
        })
        .catch((error: unknown) => setText(value, (error as Error).message));
    });
    draw();
    return button;
  }
}
