import { posix } from 'node:path';
import { l10n, type TreeItem } from 'vscode';
import type { Disposable } from '../../engine/emitter';
import type { Engine } from '../../engine/engine';
import type { Engines } from '../../engine/engines';
import { toEngineError } from '../../engine/errors';
import { changesOf, type Changes } from '../../engine/files/changeMemory';
import { linkTypes } from '../../engine/files/linkTypes';
import { nodeId, type FileNode, type FileNoticeNode, type FilesNode, type Node } from '../nodes';
import { sentenceText } from '../words';
import { fileItem, noticeItem } from './fileItem';
import { fileRows, type FileRow } from './fileRows';

/** ms that a list waits for what changed; a long walk of the engine comes after it. */
const PATIENCE = 500;

/** Rows of one directory: more are no help to anybody. */
const MOST = 5000;

/** ms; one copy writes many files. */
const SOON = 150;

/** The files of containers below their row, read when a row is unfolded, and again when the engine layer wrote there. */
export class FileBranches implements Disposable {
  readonly #engines: Engines;
  readonly #changed: (nodes: Node[]) => void;
  /** By row id: the editor knows rows by the identity of their node. */
  readonly #nodes = new Map<string, FileNode | FileNoticeNode>();
  readonly #rows = new Map<string, FileRow>();
  readonly #notices = new Map<string, string>();
  /** The directories that were read, by row id, and the ids of what is in them. */
  readonly #read = new Map<
    string,
    { readonly node: FilesNode | FileNode; readonly ids: readonly string[] }
  >();
  readonly #followed = new Map<Engine, Disposable[]>();
  readonly #due = new Map<string, Node>();
  #timer: NodeJS.Timeout | undefined;

  constructor(engines: Engines, changed: (nodes: Node[]) => void) {
    this.#engines = engines;
    this.#changed = changed;
  }

  async children(node: FilesNode | FileNode): Promise<Node[]> {
    const directory = node.kind === 'files' ? '/' : node.path;
    const notice = (): FileNoticeNode => ({
      kind: 'fileNotice',
      engine: node.engine,
      id: node.id,
      path: directory,
    });
    const found: { node: FileNode | FileNoticeNode; row?: FileRow; text?: string }[] = [];
    try {
      const engine = this.#engines.get(node.engine);
      this.#follow(engine);
      const { rows, truncated } = await this.#list(engine, node, directory);
      for (const row of rows.slice(0, MOST))
        found.push({
          node: { kind: 'file', engine: node.engine, id: node.id, path: row.path, as: row.as },
          row,
        });
      const text = truncated
        ? l10n.t('Not all is shown: start the container to see the rest.')
        : rows.length > MOST
          ? l10n.t('{0} more are not shown; "Go to Path" finds them.', rows.length - MOST)
          : undefined;
      if (text !== undefined) found.push({ node: notice(), text });
    } catch (error) {
      found.push({ node: notice(), text: sentenceText(toEngineError(error).sentence) });
    }
    this.#forget(nodeId(node));
    const nodes = found.map((each) => this.#keep(each));
    this.#read.set(nodeId(node), { node, ids: nodes.map(nodeId) });
    return nodes;
  }

  item(node: FileNode | FileNoticeNode): TreeItem {
    const id = nodeId(node);
    if (node.kind === 'fileNotice') return noticeItem(node, this.#notices.get(id) ?? '');
    const { path, as } = node;
    return fileItem(node, this.#rows.get(id) ?? { name: posix.basename(path), path, as, change: undefined });
  }

  parent({ engine, id, path }: FileNode | FileNoticeNode): Node {
    const directory = posix.dirname(path);
    if (directory === '/') return { kind: 'files', engine, id };
    const parent: FileNode = { kind: 'file', engine, id, path: directory, as: 'directory' };
    return this.#nodes.get(nodeId(parent)) ?? parent;
  }

  /** Read again what is shown of one container, or of all. */
  refresh(id?: string): void {
    for (const engine of this.#engines.all) if (id !== undefined) engine.files.forget(id);
    for (const { node } of this.#read.values())
      if (node.kind === 'files' && (id === undefined || node.id === id)) {
        if (id === undefined) this.refresh(node.id);
        else this.#repaint(node);
      }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscriptions of this.#followed.values()) subscriptions.forEach((each) => each.dispose());
    this.#followed.clear();
  }

  async #list(
    engine: Engine,
    node: FilesNode | FileNode,
    directory: string,
  ): Promise<{ rows: FileRow[]; truncated: boolean }> {
    const { id } = node;
    const { files, truncated } = await engine.files.list(id, directory);
    const targets = await linkTypes({ files: engine.files, id }, directory, files);
    const asking = changesOf(engine.files, id).catch((): Changes => new Map());
    const changes = await Promise.race([asking, after(PATIENCE).then(() => undefined)]);
    if (!changes) void asking.then(() => this.#repaint(node));
    return { rows: fileRows(directory, files, targets, changes ?? new Map()), truncated };
  }

  #keep({ node, row, text }: { node: FileNode | FileNoticeNode; row?: FileRow; text?: string }): Node {
    const id = nodeId(node);
    if (row) this.#rows.set(id, row);
    if (text !== undefined) this.#notices.set(id, text);
    const known = this.#nodes.get(id);
    // What became another kind of file is another node, though its id stays.
    if (known && JSON.stringify(known) === JSON.stringify(node)) return known;
    this.#nodes.set(id, node);
    return node;
  }

  /** Drops the rows of what was read before; what is below them is dropped when it is not there any more. */
  #forget(directory: string): void {
    for (const id of this.#read.get(directory)?.ids ?? []) {
      this.#rows.delete(id);
      this.#notices.delete(id);
    }
  }

  #follow(engine: Engine): void {
    if (this.#followed.has(engine)) return;
    this.#followed.set(engine, [
      engine.files.onDidWrite(({ id, path }) => {
        for (const { node } of this.#read.values()) {
          const directory = node.kind === 'files' ? '/' : node.path;
          if (
            node.engine === engine.name &&
            node.id === id &&
            [path, posix.dirname(path)].includes(directory)
          )
            this.#repaint(node);
        }
      }),
      engine.model.onEvent(({ type, action, id }) => {
        if (type !== 'container') return;
        if (action === 'start' || action === 'die') this.refresh(id);
        if (action === 'destroy') this.#drop(id);
      }),
    ]);
  }

  #drop(container: string): void {
    for (const [id, { node, ids }] of this.#read) {
      if (node.id !== container) continue;
      this.#forget(id);
      for (const below of ids) this.#nodes.delete(below);
      this.#read.delete(id);
    }
  }

  #repaint(node: Node): void {
    this.#due.set(nodeId(node), node);
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      const nodes = [...this.#due.values()];
      this.#due.clear();
      this.#changed(nodes);
    }, SOON);
  }
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
