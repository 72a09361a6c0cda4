import { setTimeout as wait } from 'node:timers/promises';
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

interface Found {
  readonly node: FileNode | FileNoticeNode;
  readonly row?: FileRow;
  readonly text?: string;
}

interface Directory {
  /** How often the editor asked. */
  questions: number;
  readonly node: FilesNode | FileNode;
  /** Answered or still asked for; `undefined` when it has to be asked for again. */
  nodes: Promise<Node[]> | undefined;
  /** The answer that takes the place of `nodes` when it is there. */
  asking?: Promise<Node[]>;
  ids: readonly string[];
}

/** The files of containers below their row, read when a row is unfolded, and again when the engine layer wrote there. */
export class FileBranches implements Disposable {
  readonly #engines: Engines;
  readonly #changed: (nodes: Node[]) => void;
  /** By row id: the editor knows rows by the identity of their node. */
  readonly #nodes = new Map<string, FileNode | FileNoticeNode>();
  readonly #rows = new Map<string, FileRow>();
  readonly #notices = new Map<string, string>();
  /** The directories that were read, by row id. */
  readonly #read = new Map<string, Directory>();
  readonly #followed = new Map<Engine, Disposable[]>();
  readonly #due = new Map<string, Node>();
  #timer: NodeJS.Timeout | undefined;

  constructor(engines: Engines, changed: (nodes: Node[]) => void) {
    this.#engines = engines;
    this.#changed = changed;
  }

  /**
   * The editor asks again whenever the container's row is painted; the container is not asked with it. Of two questions
   * at once only the last is answered: the editor refuses to know the same rows twice.
   */
  async children(node: FilesNode | FileNode): Promise<Node[]> {
    const directory = this.#directory(node);
    const question = ++directory.questions;
    const nodes = await (directory.nodes ??= this.#ask(directory));
    return question === directory.questions ? nodes : [];
  }

  /** What is folded is read anew when it is unfolded again. */
  fold(node: FilesNode | FileNode): void {
    const below = `${pathOf(node).replace(/\/$/, '')}/`;
    for (const directory of this.#read.values())
      if (sameContainer(directory.node, node) && `${pathOf(directory.node)}/`.startsWith(below))
        directory.nodes = undefined;
  }

  item(node: FileNode | FileNoticeNode): TreeItem {
    const id = nodeId(node);
    if (node.kind === 'fileNotice') return noticeItem(this.#notices.get(id) ?? '');
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
  refresh(container?: string): void {
    for (const { node, nodes } of [...this.#read.values()]) {
      if (container !== undefined && node.id !== container) continue;
      this.#engines.all.find(({ name }) => name === node.engine)?.files.forget(node.id);
      if (nodes) void this.#anew(node);
    }
  }

  dispose(): void {
    clearTimeout(this.#timer);
    for (const subscriptions of this.#followed.values()) subscriptions.forEach((each) => each.dispose());
    this.#followed.clear();
  }

  #directory(node: FilesNode | FileNode): Directory {
    const id = nodeId(node);
    const known = this.#read.get(id);
    if (known?.node === node) return known;
    const made = { node, nodes: undefined, ids: known?.ids ?? [], questions: known?.questions ?? 0 };
    this.#read.set(id, made);
    return made;
  }

  async #ask(directory: Directory): Promise<Node[]> {
    const { node } = directory;
    const path = pathOf(node);
    const notice: FileNoticeNode = { kind: 'fileNotice', engine: node.engine, id: node.id, path };
    const found: Found[] = [];
    try {
      const engine = this.#engines.get(node.engine);
      this.#follow(engine);
      const { rows, truncated } = await this.#list(engine, node, path);
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
      if (text !== undefined) found.push({ node: notice, text });
    } catch (error) {
      found.push({ node: notice, text: sentenceText(toEngineError(error).sentence) });
    }
    for (const id of directory.ids) {
      this.#rows.delete(id);
      this.#notices.delete(id);
    }
    const nodes = found.map((each) => this.#keep(each));
    directory.ids = nodes.map(nodeId);
    return nodes;
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
    const changes = await Promise.race([asking, wait(PATIENCE, undefined)]);
    if (!changes) void asking.then(() => this.#anew(node));
    return { rows: fileRows(directory, files, targets, changes ?? new Map()), truncated };
  }

  #keep({ node, row, text }: Found): Node {
    const id = nodeId(node);
    if (row) this.#rows.set(id, row);
    if (text !== undefined) this.#notices.set(id, text);
    const known = this.#nodes.get(id);
    // What became another kind of file is another node, though its id stays.
    if (known && JSON.stringify(known) === JSON.stringify(node)) return known;
    this.#nodes.set(id, node);
    return node;
  }

  #follow(engine: Engine): void {
    if (this.#followed.has(engine)) return;
    this.#followed.set(engine, [
      engine.files.onDidWrite(({ id, path }) => {
        for (const { node } of this.#read.values())
          if (
            node.engine === engine.name &&
            node.id === id &&
            [path, posix.dirname(path)].includes(pathOf(node))
          )
            void this.#anew(node);
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
      for (const below of ids) {
        this.#nodes.delete(below);
        this.#rows.delete(below);
        this.#notices.delete(below);
      }
      this.#read.delete(id);
    }
  }

  /**
   * Ask first and paint then: the editor forgets what is below a row as soon as it is told to paint it, and until it has
   * asked again a menu that was opened on one of those is of nothing. So what has the same names as before is not painted
   * itself, only those of its rows that look different.
   */
  async #anew(node: FilesNode | FileNode): Promise<void> {
    const directory = this.#read.get(nodeId(node));
    if (!directory?.nodes) return;
    const before = await directory.nodes;
    const looks = this.#looks(before);
    const asking = this.#ask(directory);
    directory.asking = asking;
    const after = await asking;
    if (directory.asking !== asking) return;
    directory.nodes = asking;
    if (before.length !== after.length || before.some((row, index) => row !== after[index])) {
      this.#repaint(directory.node);
      return;
    }
    const now = this.#looks(after);
    for (const [index, row] of after.entries()) if (now[index] !== looks[index]) this.#repaint(row);
  }

  /** What is seen of each row. When a directory was written to, which follows from every write below it, is not. */
  #looks(nodes: readonly Node[]): string[] {
    return nodes.map((node) => {
      const id = nodeId(node);
      const row = this.#rows.get(id);
      const { file } = row ?? {};
      const seen = row?.as === 'directory' && file ? { ...row, file: { ...file, mtime: 0, size: 0 } } : row;
      return JSON.stringify([seen, this.#notices.get(id)]);
    });
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

function pathOf(node: FilesNode | FileNode): string {
  return node.kind === 'files' ? '/' : node.path;
}

function sameContainer(one: FilesNode | FileNode, other: FilesNode | FileNode): boolean {
  return one.engine === other.engine && one.id === other.id;
}
