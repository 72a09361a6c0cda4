import { nodeId, type Node } from './nodes';
import type { Branch, Row } from './rows';

interface Entry<R> {
  readonly node: Node;
  readonly row: R;
  /** What the row shows, as text to compare. */
  readonly look: string;
  readonly children: readonly Node[];
  readonly parent: Node | undefined;
}

/** What has to be painted again. */
export interface Repaint {
  /** Rows came, went or moved. */
  readonly all: boolean;
  /** Else: the rows that look different now. */
  readonly nodes: readonly Node[];
}

/**
 * The tree as it is painted. The editor knows rows by the identity of their node: as long as an id stays, so does its
 * object, whatever the row shows.
 */
export class Outline<R = Row> {
  #entries: ReadonlyMap<string, Entry<R>> = new Map();
  #roots: readonly Node[] = [];

  get roots(): readonly Node[] {
    return this.#roots;
  }

  children(node: Node): readonly Node[] {
    return this.#entries.get(nodeId(node))?.children ?? [];
  }

  parent(node: Node): Node | undefined {
    return this.#entries.get(nodeId(node))?.parent;
  }

  /** `undefined` for a row that has gone. */
  row(node: Node): R | undefined {
    return this.#entries.get(nodeId(node))?.row;
  }

  /** Take the new tree, and say what of it differs from the last. */
  update(branches: readonly Branch<R>[]): Repaint {
    const before = this.#entries;
    const entries = new Map<string, Entry<R>>();
    const changed: Node[] = [];
    let moves = 0;
    const add = (level: readonly Branch<R>[], parent: Node | undefined, old: readonly Node[]): Node[] => {
      const nodes = level.map((branch) => {
        const id = nodeId(branch.node);
        const known = before.get(id);
        const node = known?.node ?? branch.node;
        const children = add(branch.children ?? [], node, known?.children ?? []);
        const look = JSON.stringify(branch.row);
        if (known?.look !== look) changed.push(node);
        entries.set(id, { node, row: branch.row, look, children, parent });
        return node;
      });
      if (nodes.length !== old.length || nodes.some((node, index) => node !== old[index])) moves++;
      return nodes;
    };
    this.#roots = add(branches, undefined, this.#roots);
    this.#entries = entries;
    return moves > 0 ? { all: true, nodes: [] } : { all: false, nodes: changed };
  }
}
