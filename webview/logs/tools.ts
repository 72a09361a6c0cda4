import type { LogsReading, LogsStrings } from '../../src/protocol/logs';
import { el, setText } from '../shared/dom';
import { fill } from '../shared/l10n';
import type { Shows } from './chunk';
import type { Purpose } from './judging';
import { LEVELS, type Level } from './meta';
import { COLOURS } from './row';
import { button, queryBox, select, timeBox, toggle, type Looked, type QueryBox } from './toolbar';
import { momentOf, type Timestamps } from './when';

/** How a user likes it, kept while the tab lives. */
export interface Kept {
  readonly timestamps?: Timestamps;
  readonly wrap?: boolean;
  readonly fold?: boolean;
}

export interface ToolEvents {
  readonly search: (looked: Looked) => void;
  readonly step: (step: 1 | -1) => void;
  readonly filter: (looked: Looked) => void;
  readonly shows: (part: Partial<Shows>) => void;
  readonly view: (part: Partial<Kept>) => void;
  readonly read: (reading: Partial<LogsReading>) => void;
  readonly jump: (time: number) => void;
  readonly follow: () => void;
  readonly copy: () => void;
  readonly clear: () => void;
  readonly export: () => void;
}

const TAILS = [100, 500, 2000, 10_000, 100_000] as const;

/** The rows of tools above the lines. */
export class Tools {
  readonly element = el('header', { role: 'toolbar' });
  readonly #strings: LogsStrings;
  readonly #events: ToolEvents;
  readonly #search: QueryBox;
  readonly #filter: QueryBox;
  readonly #found = el('span', { class: 'found-count', role: 'status' });
  readonly #names = el('div', { class: 'names', role: 'group' });
  readonly #tail: HTMLSelectElement;
  readonly #since: HTMLInputElement;
  readonly #times: HTMLSelectElement;
  readonly #wrap: HTMLButtonElement;
  readonly #fold: HTMLButtonElement;
  readonly #follow: HTMLButtonElement;
  readonly #levels = new Set<Level>();
  readonly #hidden = new Set<number>();
  #timestamps: Timestamps;

  constructor(strings: LogsStrings, kept: Kept, events: ToolEvents) {
    this.#strings = strings;
    this.#events = events;
    this.#timestamps = kept.timestamps ?? 'off';
    this.element.setAttribute('aria-label', strings.log);
    const words = { regex: strings.regex, matchCase: strings.matchCase };
    const previous = button('↑', strings.previous, () => events.step(-1));
    const next = button('↓', strings.next, () => events.step(1));
    this.#search = queryBox(
      { label: strings.search, hint: strings.searchHint, ...words },
      events.search,
      ...[previous, next, this.#found],
    );
    this.#search.input.addEventListener('keydown', ({ key, shiftKey }) => {
      if (key === 'Enter') events.step(shiftKey ? -1 : 1);
    });
    this.#filter = queryBox(
      { label: strings.filter, hint: strings.filterHint, ...words, inverse: strings.inverse },
      events.filter,
    );
    for (const { input } of [this.#search, this.#filter])
      input.addEventListener('keydown', ({ key }) => {
        if (key !== 'Escape' || input.value === '') return;
        input.value = '';
        input.dispatchEvent(new Event('input'));
      });
    this.#tail = select(
      strings.tail,
      [...TAILS.map((tail) => [String(tail), this.#tailText(tail)] as const), ['all', strings.tailAll]],
      'all',
      (tail) => events.read({ tail: tail === 'all' ? tail : Number(tail) }),
    );
    this.#since = timeBox(strings.since, strings.sinceHint, (said) => this.#tellSince(said));
    const jump = timeBox(strings.jump, strings.jumpHint, (said) => this.#tellJump(jump, said));
    this.#times = select(
      strings.timestamps,
      (['off', 'local', 'utc'] as const).map((mode) => [mode, strings[`timestamps.${mode}`]] as const),
      this.#timestamps,
      (timestamps) => events.view({ timestamps }),
    );
    const streams = select(
      strings.streams,
      [
        ['both', strings.bothStreams],
        ['stdout', 'stdout'],
        ['stderr', 'stderr'],
      ],
      'both',
      (chosen) => events.shows({ streams: chosen }),
    );
    this.#wrap = toggle(strings.wrap, strings.wrap, kept.wrap ?? false, (wrap) => events.view({ wrap }));
    this.#fold = toggle('{…}', strings.fold, kept.fold ?? true, (fold) => events.shows({ fold }));
    this.#follow = button('⤓', strings.follow, events.follow);
    const act = (text: string, does: () => void): HTMLElement => button(text, text, does);
    this.element.append(
      el('div', { class: 'line' }, this.#search.element, this.#filter.element, this.#levelGroup(), streams),
      el(
        'div',
        { class: 'line' },
        this.#tail,
        this.#since,
        jump,
        this.#times,
        this.#wrap,
        this.#fold,
        this.#follow,
        act(strings.copy, events.copy),
        act(strings.clear, events.clear),
        act(strings.export, events.export),
      ),
      this.#names,
    );
    this.#names.setAttribute('aria-label', strings.containers);
  }

  focusSearch(): void {
    this.#search.input.focus();
    this.#search.input.select();
  }

  problem(purpose: Purpose, text: string): void {
    (purpose === 'found' ? this.#search : this.#filter).problem(text);
  }

  found(text: string): void {
    setText(this.#found, text);
  }

  following(on: boolean): void {
    this.#follow.setAttribute('aria-pressed', String(on));
  }

  view({ timestamps = 'off', wrap = false, fold = true }: Kept): void {
    this.#timestamps = timestamps;
    this.#times.value = timestamps;
    this.#wrap.setAttribute('aria-pressed', String(wrap));
    this.#fold.setAttribute('aria-pressed', String(fold));
  }

  reading({ tail, since }: LogsReading): void {
    const value = String(tail);
    if (![...this.#tail.options].some((option) => option.value === value))
      this.#tail.append(el('option', { value }, this.#tailText(tail)));
    this.#tail.value = value;
    if (document.activeElement !== this.#since) this.#since.value = since;
  }

  /** A container is hidden and shown by its name, in its colour. */
  name(names: readonly string[]): void {
    const toggles = names.map((name, index) => {
      const element = toggle(name, name, !this.#hidden.has(index), (on) => {
        if (on) this.#hidden.delete(index);
        else this.#hidden.add(index);
        this.#events.shows({ hidden: new Set(this.#hidden) });
      });
      element.classList.add('theirs', `colour-${index % COLOURS}`);
      return element;
    });
    this.#names.replaceChildren(...toggles);
    this.#names.hidden = names.length < 2;
  }

  #levelGroup(): HTMLElement {
    const group = el('div', { class: 'levels', role: 'group', 'aria-label': this.#strings.levels });
    for (const level of [...LEVELS].reverse()) {
      const text = this.#strings[`level.${level}`];
      const element = toggle(text, text, false, (on) => {
        if (on) this.#levels.add(level);
        else this.#levels.delete(level);
        this.#events.shows({ levels: new Set(this.#levels) });
      });
      element.classList.add(`level-${level}`);
      group.append(element);
    }
    return group;
  }

  #tailText(tail: number | 'all'): string {
    return tail === 'all'
      ? this.#strings.tailAll
      : fill(this.#strings.tailLines, new Intl.NumberFormat(document.documentElement.lang).format(tail));
  }

  #tellSince(said: string): void {
    const time = said === '' ? 0 : momentOf(said, this.#timestamps);
    this.#mark(this.#since, said, time !== undefined);
    if (time !== undefined)
      this.#events.read({
        since: said === '' ? '' : (time / 1000).toFixed(3),
        tail: said === '' ? 2000 : 'all',
      });
  }

  #tellJump(box: HTMLInputElement, said: string): void {
    const time = momentOf(said, this.#timestamps);
    this.#mark(box, said, time !== undefined);
    if (time !== undefined) this.#events.jump(time);
  }

  #mark(box: HTMLInputElement, said: string, right: boolean): void {
    box.setAttribute('aria-invalid', String(!right));
    box.title = right ? '' : fill(this.#strings.notATime, said);
  }
}
