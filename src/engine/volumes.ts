import { volumePath } from './paths';
import type { Requests } from './requests';
import { record, type Json } from './wire/read';
import { parseVolume, type Volume } from './wire/volume';

/** The verbs on volumes. Reference: moby `api/swagger.yaml`, `/volumes`. */
export class Volumes {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** Make one; without a name the engine gives it one and it counts as anonymous. */
  async create(
    options: {
      name?: string;
      driver?: string;
      options?: Readonly<Record<string, string>>;
      labels?: Readonly<Record<string, string>>;
    },
    signal?: AbortSignal,
  ): Promise<Volume> {
    const body = {
      Name: options.name,
      Driver: options.driver,
      DriverOpts: options.options,
      Labels: options.labels,
    };
    return parseVolume(await this.#requests.json('POST', '/volumes/create', { body, signal }));
  }

  async inspect(name: string, signal?: AbortSignal): Promise<Json> {
    return record(await this.#requests.json('GET', volumePath(name), { signal }));
  }

  /** Remove it with all it holds. `conflict` while a container uses it. */
  async remove(name: string, options: { force?: boolean } = {}, signal?: AbortSignal): Promise<void> {
    await this.#requests.head('DELETE', volumePath(name), {
      query: { force: options.force },
      signal,
    });
  }
}
