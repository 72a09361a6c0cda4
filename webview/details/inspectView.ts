import { provideVSCodeDesignSystem, vsCodeButton } from '@vscode/webview-ui-toolkit';
import type { Details, DetailsPath, DetailsStrings, DetailsToHost } from '../../src/protocol/details';
import { el, setText } from '../shared/dom';
import { fill } from '../shared/l10n';
import { shown } from '../shared/visible';
import { inside, pathText, search } from './json';
import { FoldTree, type TreeNode } from './tree';

provideVSCodeDesignSystem().register(vsCodeButton());

export interface InspectActions {
  readonly post: (message: DetailsToHost) => void;
  readonly ask: (path: DetailsPath) => Promise<string>;
}

const idOf = (path: DetailsPath): string => JSON.stringify(path);

/** The inspect object as a tree that folds and can be searched. Secrets stay with the host until they are asked for. */
export class InspectView {
  readonly element: HTMLElement;
  readonly #strings: DetailsStrings;
  readonly #actions: InspectActions;
  readonly #tree: FoldTree;
  readonly #input: HTMLInputElement;
  readonly #status = el('span', { class: 'quiet', role: 'status' });
  readonly #asked = new Map<string, string>();
  #inspected: unknown;
  #masked: ReadonlySet<string> = new Set();
  #found: readonly DetailsPath[] = [];
  #at = 0;

  constructor(strings: DetailsStrings, actions: InspectActions) {
    this.#strings = strings;
    this.#actions = actions;
    this.#tree = new FoldTree(strings.inspect, strings.more);
    this.#input = el('input', {
      type: 'search',
      placeholder: strings.search,
      'aria-label': strings.search,
      spellcheck: 'false',
    });
    this.#input.addEventListener('input', () => this.#search());
    this.#input.addEventListener('keydown', (event) => {
      if (event.key === 'Enter') this.#go(event.shiftKey ? -1 : 1);
    });
    const open = el('vscode-button', { appearance: 'secondary' }, strings.openJson);
    open.addEventListener('click', () => actions.post({ type: 'openJson' }));
    this.element = el(
      'div',
      {},
      el(
        'div',
        { class: 'bar' },
        this.#input,
        this.#button('↑', strings.previous, () => this.#go(-1)),
        this.#button('↓', strings.next, () => this.#go(1)),
        this.#status,
        open,
      ),
      this.#tree.element,
    );
  }

  update({ inspected, masked }: Details): void {
    this.#inspected = inspected;
    this.#masked = new Set(masked);
    this.#found = search(inspected, this.#input.value);
    this.#at = Math.min(this.#at, Math.max(0, this.#found.length - 1));
    this.#draw();
  }

  #draw(): void {
    const top = inside(this.#inspected) ?? [];
    this.#tree.show(top.map(([key, value]) => this.#node([key], value)));
  }

  #node(path: DetailsPath, value: unknown): TreeNode {
    const children = inside(value);
    return {
      id: idOf(path),
      row: () => this.#row(path, value),
      ...(children && children.length > 0
        ? { children: () => children.map(([key, child]) => this.#node([...path, key], child)) }
        : {}),
    };
  }

  #row(path: DetailsPath, value: unknown): (Node | string)[] {
    const id = idOf(path);
    const { copyPath, copyValue, show, hide } = this.#strings;
    const hit = this.#found.some((found) => idOf(found) === id) ? this.#input.value.toLowerCase() : '';
    const marked = (part: string): string => (hit !== '' && part.toLowerCase().includes(hit) ? ' hit' : '');
    const name = String(path.at(-1));
    const key = el('span', { class: `key theirs${marked(name)}` }, shown(name, 500));
    const inner = inside(value) ? '' : String(value);
    const text = el('span', { class: `value theirs ${kindOf(value)}${marked(inner)}` });
    setText(text, shown(this.#asked.get(id) ?? brief(value)));
    const secret = this.#masked.has(id)
      ? [this.#button(this.#asked.has(id) ? hide : show, '', () => this.#show(path, text))]
      : [];
    const actions = el(
      'span',
      { class: 'actions' },
      this.#button(copyPath, '', () => this.#actions.post({ type: 'copyText', text: pathText(path) })),
      this.#button(copyValue, '', () => this.#actions.post({ type: 'copyValue', path })),
    );
    return [key, ': ', text, ...secret, actions];
  }

  #button(text: string, label: string, act: () => void): HTMLElement {
    const named: Record<string, string> = label === '' ? {} : { 'aria-label': label, title: label };
    const button = el('button', { type: 'button', class: 'link', ...named }, text);
    button.addEventListener('click', act);
    return button;
  }

  #show(path: DetailsPath, text: HTMLElement): void {
    const id = idOf(path);
    if (this.#asked.delete(id)) {
      this.#draw();
      return;
    }
    this.#actions
      .ask(path)
      .then((answer) => {
        this.#asked.set(id, answer);
        this.#draw();
      })
      .catch((error: unknown) => setText(text, shown((error as Error).message)));
  }

  #search(): void {
    this.#found = search(this.#inspected, this.#input.value);
    this.#at = 0;
    if (this.#found.length === 0) this.#draw();
    this.#go(0);
  }

  #go(step: number): void {
    const count = this.#found.length;
    const nothing = this.#input.value === '' ? '' : this.#strings.notFound;
    this.#at = count === 0 ? 0 : (this.#at + step + count) % count;
    setText(this.#status, count === 0 ? nothing : fill(this.#strings.found, this.#at + 1, count));
    const path = this.#found[this.#at];
    if (path) this.#tree.reveal(path.map((_, index) => idOf(path.slice(0, index + 1))));
  }
}

function kindOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

/** A value in one line; of what has something inside, how much. */
function brief(value: unknown): string {
  const children = inside(value);
  if (!children) return typeof value === 'string' ? JSON.stringify(value) : String(value);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return children.length === 0 ? `${open}${close}` : `${open} ${children.length} ${close}`;
}
