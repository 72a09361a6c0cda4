import type { Requests } from './requests';
import { parseDiskUsage, type DiskUsage } from './wire/diskUsage';
import { record, type Json } from './wire/read';

/** What the engine says of itself. Reference: moby `api/swagger.yaml`, `/info`, `/version`, `/system/df`. */
export class System {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** What `docker version` shows of the server: `Version`, `ApiVersion`, `Components`, `Os`, `Arch` … */
  async version(signal?: AbortSignal): Promise<Json> {
    return record(await this.#requests.json('GET', '/version', { signal }));
  }

  /** What `docker info` shows: `NCPU`, `MemTotal` (bytes), `Driver`, `Warnings`, `Swarm` … */
  async info(signal?: AbortSignal): Promise<Json> {
    return record(await this.#requests.json('GET', '/info', { signal }));
  }

  /**
   * What images, containers, volumes and build cache take. Slow on a large engine (it walks every volume), so only on
   * demand; `only` spares the rest where the engine can (API 1.42), and leaves the others empty.
   */
  async diskUsage(
    options: { only?: 'image' | 'container' | 'volume' | 'build-cache' } = {},
    signal?: AbortSignal,
  ): Promise<DiskUsage> {
    const query = (await this.#requests.atLeast('1.42', signal)) ? { type: options.only } : {};
    return parseDiskUsage(await this.#requests.json('GET', '/system/df', { query, signal }));
  }
}
