import { EventEmitter, workspace, type Event, type Memento, type TreeItem } from 'vscode';
import type { Disposable } from '../../engine/emitter';
import type { Engines } from '../../engine/engines';
import { toEngineError } from '../../engine/errors';
import { HUB } from '../../engine/registry/address';
import { knownRegistries } from '../../engine/registry/known';
import type { Registries } from '../../engine/registry/registries';
import { webPage } from '../../engine/registry/webPage';
import { familiarName } from '../../engine/run/reference';
import { STATE_KEYS, type Settings } from '../../ids';
import {
  nodeId,
  type Node,
  type RegistryNode,
  type RegistryNoticeNode,
  type RegistryRepositoryNode,
  type RegistryTagNode,
} from '../nodes';
import { repositoriesOf, tagsIn } from './content';
import { noticeItem, registryItem, repositoryItem, tagHover, tagItem } from './items';
import { localRepositories } from './local';
import {
  isInside,
  noticeText,
  pathIn,
  splitName,
  TAGS,
  type RegistryState,
  type RepositoryState,
} from './state';
import { TagFactsReader } from './tagFacts';

type RegistryPart = RegistryNode | RegistryRepositoryNode | RegistryTagNode | RegistryNoticeNode;

/**
 * The rows of the Registries view. Nothing is asked of a registry before its row is unfolded, and then once; a registry that
 * does not answer is a row that says so.
 */
export class RegistryTree implements Disposable {
  readonly #engines: Engines;
  readonly #registries: Registries;
  readonly #state: Memento;
  readonly #changed = new EventEmitter<Node | Node[] | undefined>();
  readonly onDidChange: Event<Node | Node[] | undefined> = this.#changed.event;
  readonly #states = new Map<string, RegistryState>();
  readonly #repositories = new Map<string, RepositoryState>();
  /** The editor knows rows by the identity of their node. */
  readonly #nodes = new Map<string, RegistryPart>();
  readonly #facts: TagFactsReader;
  readonly #abort = new AbortController();
  readonly #forgotten: Disposable;

  constructor(engines: Engines, registries: Registries, state: Memento) {
    this.#engines = engines;
    this.#registries = registries;
    this.#state = state;
    this.#facts = new TagFactsReader(registries, (nodes) => this.#changed.fire(nodes));
    this.#forgotten = registries.onDidChange((host) => this.#forget(host));
  }

  async children(node?: Node): Promise<Node[]> {
    switch (node?.kind) {
      case undefined:
        return this.#roots();
      case 'registry':
        return this.#under(node);
      case 'registryRepository':
        return this.#tags(node);
      default:
        return [];
    }
  }

  item(node: Node): TreeItem | undefined {
    switch (node.kind) {
      case 'registry': {
        const state = this.#states.get(node.id);
        return state && registryItem(node, state.known, state.failure);
      }
      case 'registryRepository': {
        const { host, path } = this.#repository(node);
        const known = this.#states.get(node.registry);
        const local = known?.content?.listed === true && !known.content.names.includes(path);
        const name = host === HUB ? node.id : path;
        return repositoryItem(node, name, { web: webPage(host, path) !== undefined, local });
      }
      case 'registryTag': {
        const { host, path } = splitName(node.id);
        const tag = node.id.slice(node.id.lastIndexOf(':') + 1);
        return tagItem(node, tag, this.#facts.get(node.id), webPage(host, path) !== undefined);
      }
      case 'registryNotice': {
        const of = { registry: this.#states.get(node.registry), repository: this.#repositories.get(node.id) };
        const { failure } = of.repository ?? of.registry ?? {};
        // That a login is wanted is no fault.
        const failed = failure !== undefined && failure.status !== 401;
        return noticeItem(node, noticeText(node.what, of), node.what === 'said' && failed);
      }
      default:
        return undefined;
    }
  }

  hover(node: Node): ReturnType<typeof tagHover> | undefined {
    return node.kind === 'registryTag' ? tagHover(node.id, this.#facts.get(node.id)) : undefined;
  }

  parent(node: Node): Node | undefined {
    if (node.kind === 'registryRepository')
      return this.#node({ kind: 'registry', engine: '', id: node.registry });
    if (node.kind !== 'registryTag') return undefined;
    const id = node.id.slice(0, node.id.lastIndexOf(':'));
    return this.#node({ kind: 'registryRepository', engine: '', id, registry: node.registry });
  }

  /** The row of a repository, by its name in images; `undefined` where none of the registries is its own. */
  async repositoryNode(name: string): Promise<Node | undefined> {
    await this.#roots();
    const { host, path } = splitName(name);
    const inside = [...this.#states.values()]
      .filter(({ known }) => known.host === host && isInside(path, known.namespace))
      .sort((a, b) => b.known.namespace.length - a.known.namespace.length);
    const registry = inside[0]?.known.address;
    return registry === undefined
      ? undefined
      : this.#node({ kind: 'registryRepository', engine: '', id: name, registry });
  }

  /** The rows under a registry, with what was opened by name meanwhile. */
  repaint(registry?: string): void {
    this.#changed.fire(registry === undefined ? undefined : this.#nodes.get(`registry/${registry}`));
  }

  /** More of what a row stands for the rest of. */
  async showMore({ id, registry }: RegistryNoticeNode): Promise<void> {
    const repository = this.#repositories.get(id);
    const state = this.#states.get(registry);
    if (repository) repository.shown += TAGS;
    else if (state?.content?.next !== undefined) {
      const { content, known } = state;
      const more = await repositoriesOf(this.#registries, known, content.next, this.#abort.signal);
      state.content = { ...more, names: [...content.names, ...more.names] };
    }
    this.#changed.fire(
      this.#nodes.get(repository ? `registryRepository/${registry}//${id}` : `registry/${id}`),
    );
  }

  /** Nobody sees what is under that row any more. */
  folded(node: Node): void {
    if (node.kind === 'registryRepository') this.#facts.stop(node.id);
    // Only now can the row itself say how it went: painted while what is under it is on its way, that would be lost.
    if (node.kind === 'registry') this.#changed.fire(node);
  }

  dispose(): void {
    this.#abort.abort();
    this.#facts.dispose();
    this.#forgotten.dispose();
    this.#changed.dispose();
  }

  async #roots(): Promise<Node[]> {
    const added = workspace.getConfiguration('quayside').get('registries') as Settings['registries'];
    const known = await knownRegistries(added, this.#registries.surroundings);
    const before = new Map(this.#states);
    this.#states.clear();
    for (const one of known) this.#states.set(one.address, { ...before.get(one.address), known: one });
    return known.map(({ address }) => this.#node({ kind: 'registry', engine: '', id: address }));
  }

  async #under(node: RegistryNode): Promise<Node[]> {
    const state = this.#states.get(node.id);
    if (!state) return [];
    if (!state.content && !state.failure) {
      try {
        state.content = await repositoriesOf(this.#registries, state.known, undefined, this.#abort.signal);
      } catch (error) {
        state.failure = toEngineError(error);
      }
    }
    const notice = (what: RegistryNoticeNode['what']): Node =>
      this.#node({ kind: 'registryNotice', engine: '', id: node.id, registry: node.id, what });
    if (state.failure) {
      const { status } = state.failure;
      return [notice('said'), notice(status === 401 ? 'login' : 'retry'), notice('open')];
    }
    const { names = [], listed = false, next } = state.content ?? {};
    const { host, namespace } = state.known;
    const others = [...(await localRepositories(this.#engines)), ...this.#opened()]
      .flatMap((name) => pathIn(name, host) ?? [])
      .filter((path) => isInside(path, namespace));
    const all = [...new Set([...names, ...others])];
    const rows = all.map((path) => {
      const id = familiarName({ domain: host, path });
      return this.#node({ kind: 'registryRepository', engine: '', id, registry: node.id });
    });
    const said = listed && rows.length > 0 ? [] : [notice('said')];
    return [...said, ...rows, ...(next === undefined ? [] : [notice('more')]), notice('open')];
  }

  async #tags(node: RegistryRepositoryNode): Promise<Node[]> {
    const state = this.#repository(node);
    const notice = (what: RegistryNoticeNode['what']): Node =>
      this.#node({ kind: 'registryNotice', engine: '', id: node.id, registry: node.registry, what });
    if (!state.tags && !state.failure) {
      try {
        const { host, path } = state;
        const { tags, facts } = await tagsIn(this.#registries, host, path, this.#abort.signal);
        state.tags = tags;
        this.#facts.put(node.id, facts);
      } catch (error) {
        state.failure = toEngineError(error);
      }
    }
    if (state.failure) {
      const { status, kind } = state.failure;
      const step = status === 401 ? 'login' : 'retry';
      return kind === 'notFound' ? [notice('said')] : [notice('said'), notice(step)];
    }
    if (!state.tags || state.tags.length === 0) return [notice('said')];
    const rows = state.tags
      .slice(0, state.shown)
      .map((tag) =>
        this.#node({ kind: 'registryTag', engine: '', id: `${node.id}:${tag}`, registry: node.registry }),
      );
    this.#facts.read(node.id, state, rows);
    return state.tags.length > state.shown ? [...rows, notice('more')] : rows;
  }

  #forget(host: string | undefined): void {
    for (const [address, state] of this.#states)
      if (host === undefined || state.known.host === host) this.#states.set(address, { known: state.known });
    for (const [id, repository] of this.#repositories)
      if (host === undefined || repository.host === host) {
        this.#facts.forget(id);
        this.#repositories.delete(id);
      }
    // A login or another setting changes the list itself.
    this.#changed.fire(undefined);
  }

  #opened(): readonly string[] {
    return this.#state.get<readonly string[]>(STATE_KEYS.openedRepositories, []);
  }

  #repository({ id }: RegistryRepositoryNode): RepositoryState {
    const known = this.#repositories.get(id);
    if (known) return known;
    const made = { ...splitName(id), shown: TAGS };
    this.#repositories.set(id, made);
    return made;
  }

  #node<T extends RegistryPart>(node: T): T {
    const id = nodeId(node);
    const known = this.#nodes.get(id) ?? node;
    this.#nodes.set(id, known);
    return known as T;
  }
}
