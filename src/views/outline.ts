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

/**
 * What has to be painted again. A row that is painted while it is pressed loses the click, so it is as little as can be.
 */
export interface Repaint {
  /** Rows came, went or moved at the top, or went from one row to another. */
  readonly all: boolean;
  /** Else: the rows that look different now, and those under which rows came, went or moved. */
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
    let all = false;
    const add = (level: readonly Branch<R>[], parent?: Node): Node[] =>
      level.map((branch) => {
        const id = nodeId(branch.node);
        const known = before.get(id);
        const node = known?.node ?? branch.node;
        const children = add(branch.children ?? [], node);
        const look = JSON.stringify(branch.row);
        if (known) {
          if (known.look !== look || !isSame(children, known.children)) changed.push(node);
          // The editor knows a row under one other only, and does not unfold by itself what could not be unfolded.
          if (known.parent !== parent || (children.length === 0) !== (known.children.length === 0))
            all = true;
        }
        entries.set(id, { node, row: branch.row, look, children, parent });
        return node;
      });
    const roots = add(branches);
    all ||= !isSame(roots, this.#roots);
    this.#roots = roots;
    this.#entries = entries;
    return all ? { all, nodes: [] } : { all, nodes: changed };
  }
}

function isSame(nodes: readonly Node[], others: readonly Node[]): boolean {
  return nodes.length === others.length && nodes.every((node, index) => node === others[index]);
}
