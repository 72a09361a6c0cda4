import { posix } from 'node:path';
import type { Engine } from '../engine/engine';
import type { Engines } from '../engine/engines';
import type { Helpers } from '../engine/files/helperContainers';
import type { Entry } from './completion/paths';

/** ms for one question: the engine sends all that is below a folder, and who types does not wait for that. */
const patience = 8_000;
/** Where the engine is on this machine, and where it is not. */
const limits = {
  here: { bytes: 512 * 1024 * 1024, names: 50_000 },
  away: { bytes: 8 * 1024 * 1024, names: 10_000 },
};
const mostKnown = 200;
const rest = 60_000;

/** Users or groups of an image. */
export interface Accounts {
  readonly users: readonly string[];
  readonly groups: readonly string[];
}

/**
 * What is in the images of the shown engine, for those who write a path or a user: read from a container that is made for
 * it and never started. An image never changes, so each answer is good for as long as the editor runs.
 */
export class ImageFiles {
  readonly #engines: Engines;
  readonly #known = new Map<string, Promise<unknown>>();
  #helpers: Helpers | undefined;
  #restUntil = 0;

  constructor(engines: Engines) {
    this.#engines = engines;
  }

  dispose(): void {
    void this.#helpers?.dispose();
  }

  /** What stands in a folder of the image that is counted from its root; empty when nobody can tell. */
  async folder(reference: string, path: string): Promise<readonly Entry[]> {
    const read = async (engine: Engine, container: string, signal: AbortSignal): Promise<Entry[]> => {
      const local = /^(?:unix|npipe):/.test(engine.endpoint?.host ?? '');
      const limit = local ? limits.here : limits.away;
      const { files } = await engine.files.list(container, path, { limit }, signal);
      const { linkTypes } = await import('../engine/files/linkTypes');
      const targets = await linkTypes({ files: engine.files, id: container }, path, files);
      return files.map(({ name, type }) => ({ name, folder: (targets.get(name) ?? type) === 'directory' }));
    };
    return (await this.#ask(reference, posix.join('/', path), read)) ?? [];
  }

  /** Those that `/etc/passwd` and `/etc/group` of the image name. */
  async accounts(reference: string): Promise<Accounts> {
    const names = async (engine: Engine, container: string, file: string): Promise<string[]> => {
      const read = await engine.files.read(container, file, { limit: 256 * 1024 }).catch(() => undefined);
      const lines = read?.data.toString('utf8').split('\n') ?? [];
      return lines.flatMap((line) => /^([a-z_][\w.-]{0,31}\$?):/i.exec(line)?.[1] ?? []);
    };
    const read = async (engine: Engine, container: string): Promise<Accounts> => ({
      users: await names(engine, container, '/etc/passwd'),
      groups: await names(engine, container, '/etc/group'),
    });
    return (await this.#ask(reference, 'accounts', read)) ?? { users: [], groups: [] };
  }

  async #ask<T>(
    reference: string,
    what: string,
    read: (engine: Engine, container: string, signal: AbortSignal) => Promise<T>,
  ): Promise<T | undefined> {
    const [engine] = this.#engines.shown;
    if (engine?.model.state.kind !== 'connected' || Date.now() < this.#restUntil) return undefined;
    const signal = AbortSignal.timeout(patience);
    const inspected = await engine.images.inspect(reference, signal).catch(() => undefined);
    const id = inspected?.['Id'];
    if (typeof id !== 'string') return undefined;
    const key = `${engine.name} ${id} ${what}`;
    const known = this.#known.get(key) as Promise<T | undefined> | undefined;
    if (known) return known;
    if (this.#known.size >= mostKnown) this.#known.clear();
    const answer = this.#container(engine, id)
      .then((container) => read(engine, container, signal))
      .catch(() => {
        // What is not there, or is too much, stays so; what came too late may come another time.
        if (signal.aborted) {
          this.#restUntil = Date.now() + rest;
          this.#known.delete(key);
        }
        return undefined;
      });
    this.#known.set(key, answer);
    return answer;
  }

  async #container(engine: Engine, id: string): Promise<string> {
    const { Helpers } = await import('../engine/files/helperContainers');
    this.#helpers ??= new Helpers();
    return this.#helpers.container(engine, { kind: 'image', id });
  }
}
