import { EventEmitter, type TreeItem } from 'vscode';
import { DisposableStore, type Disposable } from '../../engine/emitter';
import type { Engine } from '../../engine/engine';
import { EngineError } from '../../engine/errors';
import { watchSwarm, type SwarmSnapshot } from '../../engine/swarm/watch';
import type { Collapsed } from '../collapsed';
import { nodeId, type Node } from '../nodes';
import { Outline } from '../outline';
import type { Branch } from '../rows';
import { swarmBranches } from './branches';
import { swarmItem } from './draw';
import type { SwarmRow } from './rows';

/** The swarms of the shown engines, as they are, for as long as it lives. */
export class SwarmTree implements Disposable {
  readonly #engines: readonly Engine[];
  readonly #collapsed: Collapsed;
  readonly #snapshots = new Map<string, SwarmSnapshot>();
  readonly #outline = new Outline<SwarmRow>();
  readonly #store = new DisposableStore();
  readonly #changed = new EventEmitter<Node[] | undefined>();
  /** These rows look different; all of them for nothing. */
  readonly onDidChange = this.#changed.event;
  /** Ends with the first look at all of them. */
  readonly first: Promise<void>;

  /** `onLook` hears of each engine whether it manages a swarm. */
  constructor(
    engines: readonly Engine[],
    collapsed: Collapsed,
    onLook: (engine: string, manager: boolean) => void,
  ) {
    this.#engines = engines;
    this.#collapsed = collapsed;
    this.#store.add(this.#changed);
    const looks = engines.map(
      (engine) =>
        new Promise<void>((resolve) => {
          this.#store.add({ dispose: resolve });
          this.#store.add(
            watchSwarm(engine, (now) => {
              // What cannot be asked keeps its rows: the other views say why.
              if (!(now instanceof EngineError)) {
                this.#snapshots.set(engine.name, now);
                onLook(engine.name, now.state.manager);
              }
              resolve();
              this.#paint();
            }),
          );
        }),
    );
    this.first = Promise.all(looks).then(() => undefined);
  }

  async children(node?: Node): Promise<Node[]> {
    if (node) return [...this.#outline.children(node)];
    await this.first;
    this.#outline.update(this.#branches());
    return [...this.#outline.roots];
  }

  item(node: Node): TreeItem | undefined {
    const row = this.#outline.row(node);
    return (
      row &&
      swarmItem(node, row, {
        // A row that could not be unfolded once stays folded when something comes under it.
        leaf: node.kind !== 'swarmGroup' && this.#outline.children(node).length === 0,
        folded: this.#collapsed.is(nodeId(node), foldedAtFirst(node)),
      })
    );
  }

  parent(node: Node): Node | undefined {
    return this.#outline.parent(node);
  }

  turn(node: Node, folded: boolean): void {
    this.#collapsed.set(nodeId(node), folded, foldedAtFirst(node));
  }

  dispose(): void {
    this.#store.dispose();
  }

  #paint(): void {
    const { all, nodes } = this.#outline.update(this.#branches());
    if (all) this.#changed.fire(undefined);
    else if (nodes.length > 0) this.#changed.fire([...nodes]);
  }

  #branches(): Branch<SwarmRow>[] {
    const now = Date.now();
    const managed = this.#engines.flatMap(({ name }) => {
      const snapshot = this.#snapshots.get(name);
      return snapshot?.state.manager === true ? [{ name, branches: swarmBranches(name, snapshot, now) }] : [];
    });
    if (this.#engines.length === 1) return managed.flatMap(({ branches }) => branches);
    return managed.map(({ name, branches }) => ({
      node: { kind: 'engine', engine: name },
      row: { kind: 'engine', state: 'connected', name },
      children: branches,
    }));
  }
}

function foldedAtFirst(node: Node): boolean {
  return node.kind === 'service';
}
