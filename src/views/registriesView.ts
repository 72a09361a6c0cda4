import {
  EventEmitter,
  TreeItem,
  window,
  type CancellationToken,
  type Memento,
  type TreeDataProvider,
  type TreeView,
} from 'vscode';
import { DisposableStore, type Disposable } from '../engine/emitter';
import type { Engines } from '../engine/engines';
import type { Registries } from '../engine/registry/registries';
import { VIEWS } from '../ids';
import { nameDrag } from './nameDrag';
import type { Node, RegistryNoticeNode } from './nodes';
import type { RegistryTree } from './registries/tree';

/** The Registries view; its rows are loaded when the editor first asks for them. */
export class RegistriesView implements TreeDataProvider<Node>, Disposable {
  readonly view: TreeView<Node>;
  readonly #make: () => Promise<RegistryTree>;
  readonly #changed = new EventEmitter<Node | Node[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #store = new DisposableStore();
  #loading: Promise<RegistryTree> | undefined;
  #tree: RegistryTree | undefined;

  constructor(engines: Engines, registries: Registries, state: Memento) {
    this.#make = async () => {
      const { RegistryTree } = await import('./registries/tree');
      this.#tree = this.#store.add(new RegistryTree(engines, registries, state));
      this.#store.add(this.#tree.onDidChange((nodes) => this.#changed.fire(nodes)));
      return this.#tree;
    };
    this.view = this.#store.add(
      window.createTreeView<Node>(VIEWS.registries, {
        treeDataProvider: this,
        showCollapseAll: true,
        dragAndDropController: nameDrag(() => undefined),
      }),
    );
    this.#store.add(this.view.onDidCollapseElement(({ element }) => this.#tree?.folded(element)));
    this.#store.add(this.#changed);
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

  resolveTreeItem(item: TreeItem, node: Node, token: CancellationToken): TreeItem {
    const tooltip = this.#tree?.hover(node);
    if (tooltip && !token.isCancellationRequested) item.tooltip = tooltip;
    return item;
  }

  /** Show a repository, by its name in images, in its place. */
  async reveal(repository: string): Promise<void> {
    const tree = await this.#load();
    const node = await tree.repositoryNode(repository);
    if (!node) return;
    tree.repaint();
    await this.view.reveal(node, { select: true, focus: true, expand: true });
  }

  async showMore(node: RegistryNoticeNode): Promise<void> {
    await (await this.#load()).showMore(node);
  }

  /** The list of registries has changed. */
  update(): void {
    this.#tree?.repaint();
  }

  dispose(): void {
    this.#store.dispose();
  }

  #load(): Promise<RegistryTree> {
    this.#loading ??= this.#make();
    return this.#loading;
  }
}
