import { FileChangeType, Uri, type FileChangeEvent } from 'vscode';
import type { Disposable } from '../engine/emitter';
import type { Engine } from '../engine/engine';
import type { Engines } from '../engine/engines';
import { fileAddress, type FileAddress } from '../engine/files/fileAddress';

/** What of a container's life makes its files others than they were, or reachable in another way. */
const ACTIONS: ReadonlySet<string> = new Set(['start', 'restart', 'die', 'destroy']);

interface Followed {
  readonly engine: Engine;
  readonly watched: Set<FileAddress>;
  readonly end: () => void;
}

/**
 * Tells the editor what it should look at again: what was written through the engine layer, whoever asked for it, and
 * everything of a container that started, ended or was removed, or whose engine is there again. Files that a process in
 * the container writes are not told by the engine, and not looked for.
 */
export class Watches {
  readonly #engines: Engines;
  readonly #changed: (events: FileChangeEvent[]) => void;
  readonly #followed = new Map<string, Followed>();

  constructor(engines: Engines, changed: (events: FileChangeEvent[]) => void) {
    this.#engines = engines;
    this.#changed = changed;
  }

  /** Keeps the engine's events coming until it is disposed. */
  watch(address: FileAddress): Disposable {
    const engine = this.#engines.all.find(({ name }) => name === address.engine);
    if (!engine || address.kind !== 'container') return { dispose: () => undefined };
    const known = this.#followed.get(engine.name);
    const followed = known?.engine === engine ? known : this.#follow(engine, known);
    followed.watched.add(address);
    return {
      dispose: () => {
        followed.watched.delete(address);
        if (followed.watched.size > 0) return;
        followed.end();
        if (this.#followed.get(engine.name) === followed) this.#followed.delete(engine.name);
      },
    };
  }

  dispose(): void {
    for (const { end } of this.#followed.values()) end();
    this.#followed.clear();
  }

  /** An engine of the same name that was set up anew takes over what is watched. */
  #follow(engine: Engine, before: Followed | undefined): Followed {
    before?.end();
    const watched = before?.watched ?? new Set<FileAddress>();
    let lost = false;
    const tell = (type: FileChangeType, id?: string): void => {
      const hit = [...watched].filter((address) => id === undefined || address.id === id);
      if (hit.length > 0) this.#changed(hit.map((address) => ({ type, uri: uriOf(address) })));
    };
    const subscriptions = [
      engine.files.onDidWrite(({ id, path, removed }) => {
        const uri = uriOf({ kind: 'container', engine: engine.name, id, path });
        if (removed) this.#changed([{ type: FileChangeType.Deleted, uri }]);
        else this.#changed([FileChangeType.Created, FileChangeType.Changed].map((type) => ({ type, uri })));
      }),
      engine.model.onEvent(({ type, action, id }) => {
        if (type !== 'container' || !ACTIONS.has(action)) return;
        engine.files.forget(id);
        tell(action === 'destroy' ? FileChangeType.Deleted : FileChangeType.Changed, id);
      }),
      engine.model.onDidChangeState(({ kind }) => {
        if (kind === 'connected' && lost) tell(FileChangeType.Changed);
        lost = kind === 'unavailable' || (lost && kind !== 'connected');
      }),
      engine.model.watch('containers'),
    ];
    const followed = { engine, watched, end: () => subscriptions.forEach((each) => each.dispose()) };
    this.#followed.set(engine.name, followed);
    return followed;
  }
}

export function uriOf(address: FileAddress): Uri {
  return Uri.from(fileAddress(address));
}
