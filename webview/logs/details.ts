import type { LogsStrings } from '../../src/protocol/logs';
import { el } from '../shared/dom';
import { parseAnsi } from './ansi';
import { fieldsOf, type Field } from './fields';
import { linksIn } from './links';
import { levelOf, sourceOf, STDERR } from './meta';
import { piecesOf } from './pieces';
import { drawn, type RowContext } from './row';
import type { Place } from './store';
import { stamp } from './when';

/** All of one line: what is known of it, its fields when it has some, and its whole text. */
export class LineDetails {
  readonly element = el('section', { class: 'details' });
  readonly #strings: LogsStrings;
  readonly #onCopy: (text: string) => void;

  constructor(strings: LogsStrings, onCopy: (text: string) => void) {
    this.#strings = strings;
    this.#onCopy = onCopy;
    this.element.hidden = true;
    this.element.setAttribute('aria-label', strings.details);
    this.element.addEventListener('keydown', ({ key }) => key === 'Escape' && this.close());
  }

  close(): void {
    this.element.hidden = true;
    this.element.replaceChildren();
  }

  show({ chunk, line }: Place, name: string, context: Pick<RowContext, 'strings' | 'onLink'>): void {
    const strings = this.#strings;
    const meta = chunk.meta(line);
    const { plain, styled } = parseAnsi(chunk.text(line));
    const close = el(
      'button',
      { type: 'button', class: 'icon', title: strings.close, 'aria-label': strings.close },
      '✕',
    );
    close.addEventListener('click', () => this.close());
    const known: Field[] = [
      { name: strings.time, value: stamp(chunk.time(line), 'utc') },
      { name: strings.container, value: name },
      { name: strings.stream, value: meta & STDERR ? 'stderr' : 'stdout' },
      { name: strings.level, value: strings[`level.${levelOf(meta)}`] },
    ];
    const fields = fieldsOf(plain) ?? [];
    const table = el(
      'dl',
      { class: 'fields' },
      ...[...fields, ...known].flatMap((field) => this.#field(field)),
    );
    const whole = el('pre', { class: 'theirs', tabindex: '0' });
    // Of a line of many megabytes every part costs its time; that many are no line one reads in colours.
    const short = plain.length <= 100_000;
    const pieces = short ? piecesOf(plain, styled, [], linksIn(plain)) : piecesOf(plain, [], [], []);
    whole.append(...pieces.map((piece) => drawn(piece, sourceOf(meta), context)));
    this.element.replaceChildren(close, table, whole);
    this.element.hidden = false;
    close.focus();
  }

  #field({ name, value }: Field): HTMLElement[] {
    const term = el('dt', { class: 'theirs' }, name);
    const copy = el(
      'button',
      {
        type: 'button',
        class: 'icon',
        title: this.#strings.copyValue,
        'aria-label': `${this.#strings.copyValue}: ${name}`,
      },
      '⧉',
    );
    copy.addEventListener('click', () => this.#onCopy(value));
    return [term, el('dd', { class: 'theirs' }, copy, value)];
  }
}
