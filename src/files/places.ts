import type { Uri } from 'vscode';
import type { Engine } from '../engine/engine';
import type { Engines } from '../engine/engines';
import { EngineError, sentence } from '../engine/errors';
import { parseFileAddress, type FileAddress } from '../engine/files/fileAddress';
import { mountsOf, type Mounts } from './mounts';
import { Helpers, VOLUME_PLACE } from './helpers';

/** Where a file is for the engine layer. */
export interface Place {
  readonly address: FileAddress;
  readonly engine: Engine;
  /** The container to ask: its own, or one that was made to look into an image or a volume. */
  readonly container: string;
  /** In that container. */
  readonly path: string;
}

/** Containers whose mounts are remembered; they never change. */
const MOST = 100;

/** Finds out where the files of an address are. */
export class Places {
  readonly #engines: Engines;
  readonly #helpers = new Helpers();
  readonly #mounts = new Map<string, Promise<Mounts>>();

  constructor(engines: Engines) {
    this.#engines = engines;
  }

  /** `notFound` when the engine is not there any more. */
  address(uri: Uri): FileAddress {
    const address = parseFileAddress(uri);
    if (address) return address;
    throw new EngineError('invalid', sentence('This is no address of a container’s file: {0}', uri.path));
  }

  async place(uri: Uri): Promise<Place> {
    const address = this.address(uri);
    const engine = this.#engines.get(address.engine);
    if (address.kind === 'container') return { address, engine, container: address.id, path: address.path };
    const container = await this.#helpers.container(engine, address);
    const path = address.kind === 'volume' ? VOLUME_PLACE + address.path : address.path;
    return { address, engine, container, path };
  }

  /** Whether the path is on something that takes no writes, whoever writes. */
  async isReadonly({ address, engine, container, path }: Place): Promise<boolean> {
    if (address.kind !== 'container') return true;
    const key = `${engine.name}/${container}`;
    let known = this.#mounts.get(key);
    if (!known) {
      known = engine.containers.inspect(container).then(mountsOf);
      known.catch(() => this.#mounts.delete(key));
      this.#mounts.set(key, known);
      const [oldest] = this.#mounts.keys();
      if (this.#mounts.size > MOST && oldest !== undefined) this.#mounts.delete(oldest);
    }
    return !(await known).writable(path);
  }

  async refuseReadonly(place: Place): Promise<void> {
    if (!(await this.isReadonly(place))) return;
    const { address, path } = place;
    throw new EngineError(
      'denied',
      address.kind === 'container'
        ? sentence(
            '"{0}" cannot be changed: the container has it read-only. Use a volume that can be written to, or recreate the container without "read-only".',
            path,
          )
        : sentence('"{0}" cannot be changed here: it is open for reading only.', address.path),
    );
  }

  dispose(): void {
    void this.#helpers.dispose();
  }
}
