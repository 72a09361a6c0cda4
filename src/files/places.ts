import type { Uri } from 'vscode';
import type { Engine } from '../engine/engine';
import type { Engines } from '../engine/engines';
import { EngineError, sentence } from '../engine/errors';
import { parseFileAddress, type FileAddress } from '../engine/files/fileAddress';
import { isMissingFile } from './failure';
import { inMemory, mountsOf, refuseUnwritable, type Mounts } from './mounts';
import { Helpers, VOLUME_PLACE } from '../engine/files/helperContainers';

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
  async isReadonly(place: Place): Promise<boolean> {
    return place.address.kind !== 'container' || !(await this.#mountsOf(place)).writable(place.path);
  }

  async refuseReadonly(place: Place): Promise<void> {
    const { address, path } = place;
    if (address.kind === 'container') {
      refuseUnwritable(await this.#mountsOf(place), path);
      return;
    }
    throw new EngineError(
      'denied',
      sentence('"{0}" cannot be changed here: it is open for reading only.', address.path),
    );
  }

  /** The failure to find a file that is listed by the container and not seen by the engine has a reason. */
  async explained(error: unknown, place: Place): Promise<unknown> {
    if (place.address.kind !== 'container' || !isMissingFile(error)) return error;
    const mounts = await this.#mountsOf(place).catch(() => undefined);
    return mounts?.inMemory(place.path) === true ? inMemory(place.path) : error;
  }

  #mountsOf({ engine, container }: Place): Promise<Mounts> {
    const key = `${engine.name}/${container}`;
    const known = this.#mounts.get(key);
    if (known) return known;
    const asked = engine.containers.inspect(container).then(mountsOf);
    asked.catch(() => this.#mounts.delete(key));
    this.#mounts.set(key, asked);
    const [oldest] = this.#mounts.keys();
    if (this.#mounts.size > MOST && oldest !== undefined) this.#mounts.delete(oldest);
    return asked;
  }

  dispose(): void {
    void this.#helpers.dispose();
  }
}
