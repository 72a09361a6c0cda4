import type { FileTree, LensStrings, Mark } from '../../src/protocol/lens';
import { el, setText } from '../shared/dom';
import { fill } from '../shared/l10n';
import { TreeRows, type Filter, type Order } from './rows';
import { VirtualTree } from './virtualTree';

const MARKS: readonly Mark[] = ['added', 'changed', 'removed', 'same'];

export interface FilesOptions {
  readonly strings: LensStrings;
  /** Whether it can show one layer alone, besides all up to it. */
  readonly modes: boolean;
  readonly onMode: () => void;
  readonly onOpen: (path: string, mark: Mark) => void;
}

/** The files of a layer: the tree, and what chooses what of it is seen. */
export class FilesView {
  readonly element: HTMLElement;
  readonly #options: FilesOptions;
  readonly #tree: VirtualTree;
  readonly #counts = el('p', { class: 'counts quiet', role: 'status' });
  readonly #empty = el('p', { class: 'quiet' });
  readonly #search = el('input', { type: 'search', spellcheck: 'false' });
  readonly #alone: HTMLInputElement;
  readonly #bySize: HTMLInputElement;
  readonly #marks: ReadonlyMap<Mark, HTMLInputElement>;
  #rows: TreeRows | undefined;

  constructor(options: FilesOptions) {
    this.#options = options;
    const { strings, onOpen, onMode, modes } = options;
    this.#tree = new VirtualTree({ strings, onOpen });
    this.#search.placeholder = strings.filter;
    this.#search.setAttribute('aria-label', strings.filter);
    this.#search.addEventListener('input', () => this.#refresh());
    const draw = (): void => this.#refresh();
    const [alone, aloneLabel] = choice('mode', strings.thisLayer, onMode);
    const [together, togetherLabel] = choice('mode', strings.upToHere, onMode);
    const [byName, byNameLabel] = choice('order', strings.sortByName, draw);
    const [bySize, bySizeLabel] = choice('order', strings.sortBySize, draw);
    this.#alone = alone;
    this.#bySize = bySize;
    together.checked = byName.checked = true;
    const marks = MARKS.filter((mark) => modes || mark !== 'same').map((mark) => {
      const box = el('input', { type: 'checkbox', checked: '', name: mark });
      box.addEventListener('change', draw);
      return { mark, box, label: el('label', {}, box, ` ${strings[`mark.${mark}`]}`) };
    });
    this.#marks = new Map(marks.map(({ mark, box }) => [mark, box]));
    this.element = el(
      'section',
      { class: 'right' },
      el('h2', {}, strings.files),
      el(
        'div',
        { class: 'tools' },
        ...(modes ? [group(strings.show, aloneLabel, togetherLabel)] : []),
        this.#search,
        group(strings.show, ...marks.map(({ label }) => label)),
        group(strings.sort, byNameLabel, bySizeLabel),
      ),
      this.#counts,
      this.#empty,
      this.#tree.element,
    );
    this.clear('');
  }

  /** Whether the layer is wanted alone. */
  get alone(): boolean {
    return this.#alone.checked;
  }

  show(tree: FileTree): void {
    this.#rows = new TreeRows(tree);
    const { added, changed, removed } = tree.counts;
    const number = (value: number): string => value.toLocaleString(document.documentElement.lang);
    setText(
      this.#counts,
      fill(this.#options.strings.counts, number(added), number(changed), number(removed)),
    );
    this.#refresh();
  }

  /** There is nothing to show, and why. */
  clear(why: string): void {
    this.#rows = undefined;
    setText(this.#counts, '');
    setText(this.#empty, why);
    this.#empty.hidden = why === '';
    this.#tree.element.hidden = true;
  }

  /** Go to a path in all files. */
  reveal(path: string): void {
    this.#search.value = '';
    for (const box of this.#marks.values()) box.checked = true;
    this.#refresh();
    this.#tree.reveal(path);
  }

  showAll(): void {
    const [, together] = this.element.querySelectorAll<HTMLInputElement>('input[name=mode]');
    if (together) together.checked = true;
  }

  #refresh(): void {
    const rows = this.#rows;
    if (!rows) return;
    const { strings, modes } = this.#options;
    this.#tree.element.hidden = false;
    this.#tree.show(rows, this.#filter(), this.#bySize.checked ? 'size' : ('name' satisfies Order));
    const none = rows.count === 0 ? (modes ? strings.noFiles : strings.sameFiles) : strings.noMatch;
    setText(this.#empty, this.#tree.count > 0 ? '' : none);
    this.#empty.hidden = this.#tree.count > 0;
    this.#tree.element.hidden = this.#tree.count === 0;
  }

  #filter(): Filter {
    const marks = new Set([...this.#marks].filter(([, box]) => box.checked).map(([mark]) => mark));
    // Directories around what has changed are the same, and no box is theirs in a comparison.
    if (!this.#options.modes && marks.size === this.#marks.size) marks.add('same');
    return { text: this.#search.value.trim(), marks };
  }
}

function choice(name: string, text: string, act: () => void): [HTMLInputElement, HTMLElement] {
  const input = el('input', { type: 'radio', name });
  input.addEventListener('change', act);
  return [input, el('label', {}, input, ` ${text}`)];
}

function group(label: string, ...children: HTMLElement[]): HTMLElement {
  return el('span', { role: 'group', 'aria-label': label, class: 'group' }, ...children);
}
