import { el } from '../shared/dom';
import { fill } from '../shared/l10n';

export interface TreeNode {
  /** Of this node, the same for as long as it lives. */
  readonly id: string;
  /** Made anew each time it is drawn. */
  readonly row: () => readonly (Node | string)[];
  /** Only asked for when it is unfolded; absent when there is nothing inside. */
  readonly children?: () => readonly TreeNode[];
}

/** Nodes of one parent that are drawn at first, and with each wish for more. */
const PAGE = 300;

/** A tree that folds: only what is unfolded is in the page, and what is unfolded stays so when its nodes change. */
export class FoldTree {
  readonly element: HTMLElement;
  /** `{0}` more. */
  readonly #more: string;
  readonly #open = new Set<string>();
  readonly #limits = new Map<string, number>();
  #roots: readonly TreeNode[] = [];
  #current = '';

  constructor(label: string, more: string) {
    this.#more = more;
    this.element = el('div', { role: 'tree', class: 'tree', 'aria-label': label });
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('focusin', ({ target }) => {
      const item = (target as Element).closest<HTMLElement>('[role=treeitem]');
      if (item) this.#point(item);
    });
  }

  show(roots: readonly TreeNode[]): void {
    this.#roots = roots;
    this.#draw();
  }

  /** Unfold what leads to the last of these, and go to it. */
  reveal(ids: readonly string[]): void {
    for (const id of ids.slice(0, -1)) {
      this.#open.add(id);
      // What is looked for may be beyond what is drawn at first.
      this.#limits.set(id, Infinity);
    }
    this.#current = ids.at(-1) ?? '';
    this.#draw();
    this.#item(this.#current)?.scrollIntoView({ block: 'center' });
  }

  unfold(id: string): void {
    this.#open.add(id);
  }

  #draw(): void {
    const focused = this.element.contains(document.activeElement);
    const scroll = document.scrollingElement?.scrollTop ?? 0;
    this.element.replaceChildren(...this.#items(this.#roots, '', 1));
    const current = this.#item(this.#current) ?? this.element.querySelector<HTMLElement>('[role=treeitem]');
    if (current) this.#point(current);
    document.scrollingElement?.scrollTo({ top: scroll });
    if (focused) current?.focus({ preventScroll: true });
  }

  #items(nodes: readonly TreeNode[], parent: string, level: number): HTMLElement[] {
    const limit = this.#limits.get(parent) ?? PAGE;
    const items = nodes.slice(0, limit).map((node) => this.#one(node, level));
    if (nodes.length > limit) {
      const more = el('button', { class: 'link', type: 'button' }, fill(this.#more, nodes.length - limit));
      more.addEventListener('click', () => {
        this.#limits.set(parent, limit + PAGE);
        this.#draw();
      });
      items.push(more);
    }
    return items;
  }

  #one(node: TreeNode, level: number): HTMLElement {
    const open = node.children !== undefined && this.#open.has(node.id);
    const row = el('div', { class: `row${node.children ? ' folder' : ''}` }, ...node.row());
    const item = el(
      'div',
      { role: 'treeitem', tabindex: '-1', 'aria-level': String(level), 'data-id': node.id },
      row,
    );
    if (!node.children) return item;
    item.setAttribute('aria-expanded', String(open));
    row.addEventListener('click', (event) => {
      if ((event.target as Element).closest('button')) return;
      this.#fold(node.id, !open);
    });
    if (open) item.append(el('div', { role: 'group' }, ...this.#items(node.children(), node.id, level + 1)));
    return item;
  }

  #fold(id: string, open: boolean): void {
    if (open) this.#open.add(id);
    else this.#open.delete(id);
    this.#current = id;
    this.#draw();
    this.#item(id)?.focus({ preventScroll: true });
  }

  #item(id: string): HTMLElement | undefined {
    return this.#all().find((item) => item.dataset['id'] === id);
  }

  #all(): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>('[role=treeitem]')];
  }

  /** The one item that the tab key reaches. */
  #point(item: HTMLElement): void {
    this.element.querySelector('[role=treeitem][tabindex="0"]')?.setAttribute('tabindex', '-1');
    this.element.querySelector('.current')?.classList.remove('current');
    item.setAttribute('tabindex', '0');
    item.classList.add('current');
    this.#current = item.dataset['id'] ?? '';
  }

  #key(event: KeyboardEvent): void {
    const item = event.target as HTMLElement;
    if (item.getAttribute('role') !== 'treeitem') return;
    const expanded = item.getAttribute('aria-expanded');
    const id = item.dataset['id'] ?? '';
    const all = this.#all();
    const at = all.indexOf(item);
    const act: Readonly<Record<string, () => void>> = {
      ArrowDown: () => all[at + 1]?.focus(),
      ArrowUp: () => all[at - 1]?.focus(),
      Home: () => all[0]?.focus(),
      End: () => all.at(-1)?.focus(),
      ArrowRight: () => (expanded === 'false' ? this.#fold(id, true) : all[at + 1]?.focus()),
      ArrowLeft: () =>
        expanded === 'true'
          ? this.#fold(id, false)
          : item.parentElement?.closest<HTMLElement>('[role=treeitem]')?.focus(),
      Enter: () => expanded !== null && this.#fold(id, expanded === 'false'),
    };
    const chosen = act[event.key];
    if (!chosen) return;
    event.preventDefault();
    chosen();
  }
}
