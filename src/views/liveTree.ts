import {
  commands,
  EventEmitter,
  TreeItem,
  window,
  type CancellationToken,
  type Memento,
  type TreeDataProvider,
  type TreeDragAndDropController,
  type TreeView,
} from 'vscode';
import { DisposableStore, type Disposable } from '../engine/emitter';
import type { Engines } from '../engine/engines';
import { Collapsed } from './collapsed';
import type { EngineFacts } from './engineFacts';
import { PATIENCE } from './engineContext';
import type { FileBranches } from './files/fileBranches';
import { nameDrag } from './nameDrag';
import { nodeId, type FileNode, type FileNoticeNode, type Node } from './nodes';
import { Outline, type Repaint } from './outline';
import type { Tree } from './rows';
import { Ticker } from './ticker';
import { treeItem } from './treeItem';

/** What one view adds to a live tree. */
export interface LiveTreeOptions {
  readonly id: string;
  /** The context key for "there is nothing". */
  readonly emptyKey: string;
  /** What of each engine's model it shows; watched only while the view is visible. */
  readonly kinds: readonly ('containers' | 'images' | 'volumes' | 'networks')[];
  readonly engines: Engines;
  readonly state: Memento;
  readonly facts: EngineFacts;
  /** The rows, out of the models as they are now; it may ask which rows are unfolded. */
  readonly build: (isUnfolded: (node: Node) => boolean) => Tree;
  /** What may be dragged and dropped in it; else the names of its rows may be dragged out of it. */
  readonly dragAndDrop?: TreeDragAndDropController<Node>;
  /** What stands beside the view's title. */
  readonly describe: () => string;
  /** What is under this row is asked for. */
  readonly opened?: (node: Node) => void;
}

/** A tree that follows the models of the shown engines while it is visible, and paints again only what differs. */
export class LiveTree implements TreeDataProvider<Node>, Disposable {
  readonly view: TreeView<Node>;
  readonly #options: LiveTreeOptions;
  readonly #outline = new Outline();
  readonly #collapsed: Collapsed;
  readonly #ticker = new Ticker(() => this.update());
  readonly #changed = new EventEmitter<Node | Node[] | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #store = new DisposableStore();
  /** What holds the models live; there only while the view is visible. */
  #watches: Disposable | undefined;
  #empty = false;
  /** There once somebody has looked into the files of a container. */
  #files: FileBranches | undefined;
  #first: { readonly promise: Promise<void>; readonly done: () => void } | undefined;

  constructor(options: LiveTreeOptions) {
    const { id, engines, state } = options;
    this.#options = options;
    this.#collapsed = new Collapsed(state, id);
    this.view = window.createTreeView<Node>(id, {
      treeDataProvider: this,
      canSelectMany: true,
      dragAndDropController: options.dragAndDrop ?? nameDrag((node) => this.#outline.row(node)),
      showCollapseAll: true,
    });
    this.#store.add(this.view);
    this.#store.add(this.#changed);
    this.#store.add(this.view.onDidChangeVisibility(() => this.#follow()));
    this.#store.add(this.view.onDidCollapseElement(({ element }) => this.#turn(element, true)));
    this.#store.add(this.view.onDidExpandElement(({ element }) => this.#turn(element, false)));
    this.#store.add(engines.onDidChange(() => this.#follow()));
    this.#follow();
  }

  /** Look at the models again and paint what differs. What is not visible is painted when it becomes so. */
  update(): void {
    const description = this.#options.describe();
    if ((this.view.description ?? '') !== description) this.view.description = description;
    if (!this.view.visible) return;
    if (this.#first) {
      // The editor has asked already and waits: it gets the rows without being told to ask again. They are made then,
      // and not for each part of the list that comes before: of thousands that would be seen.
      if (!this.#loading()) this.#first.done();
      return;
    }
    const { all, nodes } = this.#outlineNow();
    if (all) this.#changed.fire(undefined);
    else {
      if (nodes.length > 0) this.#changed.fire([...nodes]);
      this.#tellEmpty();
    }
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node?.kind === 'files' || node?.kind === 'file') return (await this.#fileBranches()).children(node);
    if (node) {
      this.#options.opened?.(node);
      return [...this.#outline.children(node)];
    }
    if (this.#loading()) await this.#firstList();
    // Everything is painted now, and the first time the editor asks before it says that the view is visible.
    this.#outlineNow();
    this.#tellEmpty();
    return [...this.#outline.roots];
  }

  getTreeItem(node: Node): TreeItem {
    const id = nodeId(node);
    if (isFile(node) && this.#files) return this.#files.item(node);
    const row = this.#outline.row(node);
    if (row)
      return treeItem(node, row, {
        leaf: this.#outline.children(node).length === 0,
        collapsed: this.#collapsed.is(id, collapsedByDefault(node)),
      });
    // It has gone since the editor began to ask; that rows went has been told already.
    const gone = new TreeItem('');
    gone.id = id;
    return gone;
  }

  getParent(node: Node): Node | undefined {
    return isFile(node) ? this.#files?.parent(node) : this.#outline.parent(node);
  }

  /** Show a file of a container in its place; `undefined` where it cannot be shown. */
  async reveal(node: FileNode): Promise<void> {
    await this.#fileBranches();
    await this.view.reveal(node, { select: true, focus: true, expand: node.as === 'directory' });
  }

  /** Read anew the files of a container that are shown, or of all. */
  refreshFiles(id?: string): void {
    this.#files?.refresh(id);
  }

  async resolveTreeItem(item: TreeItem, node: Node, token: CancellationToken): Promise<TreeItem> {
    const { hoverOf } = await import('./hover');
    const tooltip = await hoverOf(node, this.#options.engines, this.#options.facts);
    if (tooltip && !token.isCancellationRequested) item.tooltip = tooltip;
    return item;
  }

  dispose(): void {
    this.#ticker.stop();
    this.#watches?.dispose();
    this.#files?.dispose();
    this.#first?.done();
    this.#store.dispose();
  }

  /** Watch the shown engines, or none while the view is hidden. */
  #follow(): void {
    const watches = new DisposableStore();
    if (this.view.visible) {
      for (const { model } of this.#options.engines.shown) {
        watches.add(model.onDidChangeState(() => this.update()));
        for (const kind of this.#options.kinds) watches.add(model[kind].onDidChange(() => this.update()));
        watches.add(model.watch(...this.#options.kinds));
      }
    } else {
      this.#ticker.stop();
      this.#first?.done();
    }
    // Only now: a model that both the old and the new watch does not see a moment without.
    this.#watches?.dispose();
    this.#watches = watches;
    this.update();
  }

  /** Whether nothing can be said yet: the only shown engine is being asked for the first time. */
  #loading(): boolean {
    const [engine, another] = this.#options.engines.shown;
    if (!engine || another || engine.model.state.kind === 'unavailable') return false;
    return this.#options.kinds.some((kind) => !engine.model[kind].loaded);
  }

  /** Only together with the rows: said earlier, the view would call itself empty until they are painted. */
  #tellEmpty(): void {
    const [engine] = this.#options.engines.shown;
    const empty =
      this.#outline.roots.length === 0 && engine?.model.state.kind === 'connected' && !this.#loading();
    if (empty === this.#empty) return;
    this.#empty = empty;
    void commands.executeCommand('setContext', this.#options.emptyKey, empty);
  }

  /** Ends with the first list, or when waiting for it has become rude. */
  async #firstList(): Promise<void> {
    this.#first ??= this.#wait();
    await this.#first.promise;
  }

  #wait(): { promise: Promise<void>; done: () => void } {
    let done = (): void => undefined;
    const promise = new Promise<void>((resolve) => {
      const timer = setTimeout(() => done(), PATIENCE);
      done = () => {
        clearTimeout(timer);
        this.#first = undefined;
        resolve();
      };
    });
    return { promise, done };
  }

  /** Makes the rows anew; answers what of them has changed. */
  #outlineNow(): Repaint {
    const { branches, holds } = this.#options.build(
      (node) => !this.#collapsed.is(nodeId(node), collapsedByDefault(node)),
    );
    if (this.view.visible) this.#ticker.restart(holds);
    return this.#outline.update(branches);
  }

  async #fileBranches(): Promise<FileBranches> {
    const { FileBranches } = await import('./files/fileBranches');
    return (this.#files ??= new FileBranches(this.#options.engines, (nodes) => this.#changed.fire(nodes)));
  }

  #turn(node: Node, collapsed: boolean): void {
    // To unfold them by itself after a start would ask containers for files nobody wants to see now.
    if (node.kind === 'files' || node.kind === 'file') {
      if (collapsed) this.#files?.fold(node);
      return;
    }
    this.#collapsed.set(nodeId(node), collapsed, collapsedByDefault(node));
  }
}

function collapsedByDefault(node: Node): boolean {
  return ['repository', 'container', 'files', 'volume', 'network'].includes(node.kind);
}

function isFile(node: Node): node is FileNode | FileNoticeNode {
  return node.kind === 'file' || node.kind === 'fileNotice';
}
