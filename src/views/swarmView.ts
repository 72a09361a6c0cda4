import {
  commands,
  EventEmitter,
  TreeItem,
  window,
  type Memento,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import { DisposableStore, type Disposable } from '../engine/emitter';
import type { Engine } from '../engine/engine';
import type { Engines } from '../engine/engines';
import { CONTEXT_KEYS, VIEWS } from '../ids';
import { Collapsed } from './collapsed';
import { nameDrag } from './nameDrag';
import type { Node } from './nodes';
import type { SwarmTree } from './swarm/tree';

/**
 * The Swarm view, there only while a shown engine manages a swarm. Its rows are loaded and live while it is visible;
 * before, each engine is asked once per connection whether there is anything to show.
 */
export class SwarmView implements TreeDataProvider<Node>, Disposable {
  readonly view: TreeView<Node>;
  readonly #engines: Engines;
  readonly #collapsed: Collapsed;
  readonly #managers = new Set<string>();
  readonly #changed = new EventEmitter<Node | Node[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #store = new DisposableStore();
  #states: DisposableStore | undefined;
  #shown = false;
  #loading: Promise<SwarmTree> | undefined;
  #tree: SwarmTree | undefined;

  constructor(engines: Engines, state: Memento) {
    this.#engines = engines;
    this.#collapsed = new Collapsed(state, VIEWS.swarm);
    this.view = this.#store.add(
      window.createTreeView<Node>(VIEWS.swarm, {
        treeDataProvider: this,
        showCollapseAll: true,
        canSelectMany: true,
        dragAndDropController: nameDrag(() => undefined),
      }),
    );
    this.#store.add(this.#changed);
    this.#store.add(this.view.onDidCollapseElement(({ element }) => this.#tree?.turn(element, true)));
    this.#store.add(this.view.onDidExpandElement(({ element }) => this.#tree?.turn(element, false)));
    this.#store.add(this.view.onDidChangeVisibility(({ visible }) => this.#turn(visible)));
    this.#store.add(engines.onDidChange(() => this.#follow()));
    this.#follow();
  }

  async getChildren(node?: Node): Promise<Node[]> {
    return (await this.#load()).children(node);
  }

  getTreeItem(node: Node): TreeItem {
    return this.#tree?.item(node) ?? new TreeItem('');
  }

  getParent(node: Node): Node | undefined {
    return this.#tree?.parent(node);
  }

  /** Ask the shown engines anew whether they manage a swarm, and what is in it. */
  update(): void {
    for (const engine of this.#engines.shown) this.#ask(engine);
    this.reload();
  }

  /** Look anew at what is in the swarms. */
  reload(): void {
    this.#close();
    this.#changed.fire(undefined);
  }

  dispose(): void {
    this.#states?.dispose();
    this.#close();
    this.#store.dispose();
  }

  #follow(): void {
    this.#states?.dispose();
    const states = (this.#states = new DisposableStore());
    const names = new Set(this.#engines.shown.map(({ name }) => name));
    for (const name of this.#managers) if (!names.has(name)) this.#managers.delete(name);
    for (const engine of this.#engines.shown) {
      states.add(engine.model.onDidChangeState(({ kind }) => kind === 'connected' && this.#ask(engine)));
      // A swarm begins with its network. That it was left no event tells: the rows find out when they are looked at.
      states.add(
        engine.model.onEvent(({ type, attributes }) => {
          if (type === 'network' && attributes['name'] === 'ingress') this.#ask(engine);
        }),
      );
      if (engine.model.state.kind === 'connected') this.#ask(engine);
    }
    this.#tell();
    this.reload();
  }

  #ask(engine: Engine): void {
    engine.swarm.state().then(
      ({ manager }) => this.#heard(engine.name, manager),
      // It will be asked when it is connected again.
      () => undefined,
    );
  }

  #heard(engine: string, manager: boolean): void {
    if (manager) this.#managers.add(engine);
    else this.#managers.delete(engine);
    this.#tell();
  }

  #tell(): void {
    const shown = this.#managers.size > 0;
    if (shown === this.#shown) return;
    this.#shown = shown;
    void commands.executeCommand('setContext', CONTEXT_KEYS.swarm, shown);
  }

  #load(): Promise<SwarmTree> {
    this.#loading ??= this.#make();
    return this.#loading;
  }

  async #make(): Promise<SwarmTree> {
    const { SwarmTree } = await import('./swarm/tree');
    const tree = new SwarmTree(this.#engines.shown, this.#collapsed, (engine, manager) =>
      this.#heard(engine, manager),
    );
    tree.onDidChange((nodes) => this.#changed.fire(nodes));
    this.#tree = tree;
    return tree;
  }

  /** The editor keeps the rows of a view that was hidden, and asks for none when it is shown again. */
  #turn(visible: boolean): void {
    if (!visible) this.#close();
    else if (!this.#loading) this.#changed.fire(undefined);
  }

  /** Nothing is watched for nobody. */
  #close(): void {
    const loading = this.#loading;
    this.#loading = undefined;
    this.#tree = undefined;
    void loading?.then((tree) => tree.dispose());
  }
}
