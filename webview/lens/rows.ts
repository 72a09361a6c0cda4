import type { FileTree, Mark } from '../../src/protocol/lens';

/** As the numbers in a tree mean them. */
const MARKS: readonly Mark[] = ['same', 'added', 'changed', 'removed'];
const FILE = 0;
const DIRECTORY = 1;
const LINK = 3;

export interface Filter {
  /** Part of a path, in any case; empty for all. */
  readonly text: string;
  readonly marks: ReadonlySet<Mark>;
}

export type Order = 'name' | 'size';

const ROOT = -1;

/** The rows of a tree of files, and which of them are to be seen. A row is its number. */
export class TreeRows {
  readonly tree: FileTree;
  readonly #names: readonly string[];
  readonly #parents: Int32Array;
  /** Right below each row, by name; the root's last. */
  readonly #below = new Map<number, number[]>();
  /** 1 for each directory with something in it that is not the same. */
  readonly #holding: Uint8Array;
  readonly #links: ReadonlyMap<number, string>;

  constructor(tree: FileTree) {
    this.tree = tree;
    const count = tree.depths.length;
    this.#names = count === 0 ? [] : tree.names.split('/');
    this.#parents = new Int32Array(count);
    this.#links = new Map(tree.links);
    const above: number[] = [];
    for (let row = 0; row < count; row++) {
      const depth = tree.depths[row] ?? 0;
      const parent = depth === 0 ? ROOT : (above[depth - 1] ?? ROOT);
      this.#parents[row] = parent;
      above[depth] = row;
      const siblings = this.#below.get(parent);
      if (siblings) siblings.push(row);
      else this.#below.set(parent, [row]);
    }
    this.#holding = new Uint8Array(count);
    for (let row = count - 1; row >= 0; row--) {
      const parent = this.#parents[row] ?? ROOT;
      if (parent !== ROOT && (tree.marks[row] !== 0 || this.#holding[row] === 1)) this.#holding[parent] = 1;
    }
  }

  get count(): number {
    return this.#parents.length;
  }

  name(row: number): string {
    return this.#names[row] ?? '';
  }

  link(row: number): string {
    return this.#links.get(row) ?? '';
  }

  mark(row: number): Mark {
    return MARKS[this.tree.marks[row] ?? 0] ?? 'same';
  }

  parent(row: number): number | undefined {
    const parent = this.#parents[row] ?? ROOT;
    return parent === ROOT ? undefined : parent;
  }

  isDirectory(row: number): boolean {
    return this.tree.types[row] === DIRECTORY;
  }

  /** Whether it has content of its own, or leads to some. */
  isOpenable(row: number): boolean {
    return [FILE, DIRECTORY + 1, LINK].includes(this.tree.types[row] ?? DIRECTORY);
  }

  hasChildren(row: number): boolean {
    return this.#below.has(row);
  }

  /** Whether something in a directory that is itself the same is not. */
  holdsChanges(row: number): boolean {
    return this.#holding[row] === 1;
  }

  depth(row: number): number {
    return this.tree.depths[row] ?? 0;
  }

  path(row: number): string {
    let path = '';
    for (let at: number | undefined = row; at !== undefined; at = this.parent(at))
      path = `/${this.name(at)}${path}`;
    return path;
  }

  /** As `ls` writes it. */
  mode(row: number): string {
    const letter = ['-', 'd', 'l', '-', 'c', 'b', 'p', '-'][this.tree.types[row] ?? 0] ?? '-';
    const bits = this.tree.modes[row] ?? 0;
    const special = [0o4000, 0o2000, 0o1000].map((bit) => (bits & bit) !== 0);
    let text = letter;
    for (const [group, shift] of [6, 3, 0].entries()) {
      const own = bits >> shift;
      const executes = (own & 1) !== 0;
      const last = special[group] === true ? (group === 2 ? 't' : 's') : 'x';
      text += `${(own & 4) !== 0 ? 'r' : '-'}${(own & 2) !== 0 ? 'w' : '-'}`;
      text += special[group] === true ? (executes ? last : last.toUpperCase()) : executes ? 'x' : '-';
    }
    return text;
  }

  owner(row: number): string {
    return `${this.tree.uids[row] ?? 0}:${this.tree.gids[row] ?? 0}`;
  }

  /**
   * What is to be seen from top to bottom: what passes the filter with the directories it is in. Directories are unfolded
   * where `isOpen` says so; while a text is looked for, all that lead to what was found are.
   */
  visible(filter: Filter, order: Order, isOpen: (row: number) => boolean): number[] {
    const passing = this.#passing(filter);
    const found: number[] = [];
    const waiting = this.#inOrder(ROOT, order).reverse();
    for (let row = waiting.pop(); row !== undefined; row = waiting.pop()) {
      if (passing[row] !== 1) continue;
      found.push(row);
      if (!this.hasChildren(row) || !(filter.text !== '' || isOpen(row))) continue;
      for (const child of this.#inOrder(row, order).reverse()) waiting.push(child);
    }
    return found;
  }

  #passing({ text, marks }: Filter): Uint8Array {
    const passing = new Uint8Array(this.count);
    const wanted = text.toLowerCase();
    const all = marks.size === MARKS.length;
    // Whether the path of a row, or of what it is in, holds the text.
    const named = wanted === '' ? undefined : this.#named(wanted);
    for (let row = this.count - 1; row >= 0; row--) {
      if (
        passing[row] !== 1 &&
        (named === undefined || named[row] === 1) &&
        (all || this.#counts(row, marks))
      )
        passing[row] = 1;
      const parent = this.#parents[row] ?? ROOT;
      if (passing[row] === 1 && parent !== ROOT) passing[parent] = 1;
    }
    return passing;
  }

  #named(wanted: string): Uint8Array {
    const named = new Uint8Array(this.count);
    const alone = !wanted.includes('/');
    for (let row = 0; row < this.count; row++) {
      const parent = this.#parents[row] ?? ROOT;
      const inside = parent !== ROOT && named[parent] === 1;
      const text = alone ? this.name(row) : this.path(row);
      if (inside || text.toLowerCase().includes(wanted)) named[row] = 1;
    }
    return named;
  }

  /** A directory that is the same only counts by what is in it. */
  #counts(row: number, marks: ReadonlySet<Mark>): boolean {
    const mark = this.mark(row);
    if (mark === 'same' && this.isDirectory(row) && this.hasChildren(row)) return false;
    return marks.has(mark);
  }

  #inOrder(parent: number, order: Order): number[] {
    const rows = [...(this.#below.get(parent) ?? [])];
    if (order === 'name') return rows;
    const size = (row: number): number => Math.max(this.tree.sizes[row] ?? 0, this.tree.before[row] ?? 0);
    return rows.sort((a, b) => size(b) - size(a));
  }
}
