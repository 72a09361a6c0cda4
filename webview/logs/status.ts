import type { LogsStrings } from '../../src/protocol/logs';
import { el, setText } from '../shared/dom';
import { count, fill, moment } from '../shared/l10n';
import { countFound } from './find';
import type { LogStore, Place } from './store';

/** What the panel knows of what is above the first line. */
export interface Above {
  readonly older: 'some' | 'reading' | 'none';
  /** ms since 1970; 0 when nothing was cleared. */
  readonly clearedAt: number;
  /** Whether the first row is on screen. */
  readonly atTop: boolean;
}

interface Ask {
  readonly older: () => void;
  readonly restore: () => void;
}

/** Counting, and telling, more often than can be read is of no use: ms. */
const PAUSE = 200;

/** How many lines there are and are shown, and what stands above the first of them. */
export class Status {
  readonly element = el('footer', { role: 'status' });
  readonly top = el('div', { class: 'top' });
  readonly #strings: LogsStrings;
  readonly #store: LogStore;
  readonly #ask: Ask;
  #said = '';
  #telling = false;

  constructor(strings: LogsStrings, store: LogStore, ask: Ask) {
    this.#strings = strings;
    this.#store = store;
    this.#ask = ask;
  }

  /** Calls `tell` soon, once for however much has changed by then. */
  soon(tell: () => void): void {
    if (this.#telling) return;
    this.#telling = true;
    setTimeout(() => {
      this.#telling = false;
      tell();
    }, PAUSE);
  }

  /** Something that happened, beside the count from now on. */
  say(text: string): void {
    this.#said = text;
  }

  progress(done: number): void {
    setText(this.element, `${Math.round(done * 100)} %`);
  }

  tell(above: Above): void {
    const { rowCount, count: lines } = this.#store;
    const { shown, shownOf } = this.#strings;
    const counted =
      rowCount === lines ? fill(shown, count(lines)) : fill(shownOf, count(rowCount), count(lines));
    setText(this.element, [counted, this.#said].filter((part) => part !== '').join(' · '));
    const text = this.#above(above);
    const button = this.#button(above);
    this.top.replaceChildren(...(text === '' ? [] : [text]), ...(button ? [button] : []));
    this.top.hidden = text === '' && !button;
  }

  /** How many matches there are, and the how manieth of them one is at. */
  foundText(looking: boolean, current: Place | undefined): string {
    if (!looking) return '';
    const strings = this.#strings;
    const { count: found, index } = countFound(this.#store, current);
    if (found === 0) return strings.foundNone;
    return index > 0
      ? fill(strings.found, count(index), count(found))
      : fill(strings.foundSome, count(found));
  }

  #above({ older, clearedAt, atTop }: Above): string {
    const { rowCount, count: lines, dropped } = this.#store;
    const strings = this.#strings;
    if (dropped) return strings.dropped;
    if (older === 'reading') return strings.readingOlder;
    if (clearedAt > 0) return fill(strings.cleared, moment(clearedAt));
    if (lines === 0) return strings.empty;
    if (rowCount === 0) return strings.noneShown;
    return older === 'none' && atTop ? strings.beginning : '';
  }

  #button({ older, clearedAt, atTop }: Above): HTMLElement | undefined {
    if (clearedAt > 0) return link(this.#strings.restore, this.#ask.restore);
    if (older === 'some' && atTop && this.#store.count > 0 && !this.#store.full)
      return link(this.#strings.older, this.#ask.older);
    return undefined;
  }
}

function link(text: string, does: () => void): HTMLElement {
  const element = el('button', { type: 'button', class: 'link' }, text);
  element.addEventListener('click', does);
  return element;
}
