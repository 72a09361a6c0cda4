import { registryHeaders } from '../auth/registryAuth';
import type { Surroundings } from '../endpoint/surroundings';
import { EngineError, sentence } from '../errors';
import type { Images } from '../images';
import type { LogOptions } from '../logs/options';
import { parseWhen } from '../logs/when';
import { servicePath } from '../paths';
import type { Requests } from '../requests';
import { familiarString, parseReference, withDefaultTag } from '../run/reference';
import { joinedFrames, rawFrames, type Frame } from '../streams/frames';
import { gathered } from '../streams/gathered';
import { chunks } from '../streams/read';
import { parseService, parseTask, type Service, type Task } from '../wire/swarm';
import { list, number, record, text, texts, type Json } from '../wire/read';
import { checkReplicas, nodePlatform, serviceBody, type ServiceOptions } from './serviceSpec';
import { specOf, updated } from './versioned';

export interface ServiceLogOptions extends Pick<LogOptions, 'follow' | 'tail' | 'since'> {
  readonly timestamps?: boolean;
}

/**
 * The verbs on the services of a swarm. `id` is an id, a unique prefix of one, or a name. All reject with an
 * `EngineError`: `conflict` on an engine that is no manager. Reference: moby `api/swagger.yaml`, `/services`.
 */
export class Services {
  readonly #requests: Requests;
  readonly #surroundings: Surroundings;
  readonly #images: Pick<Images, 'distribution'>;

  constructor(requests: Requests, surroundings: Surroundings, images: Pick<Images, 'distribution'>) {
    this.#requests = requests;
    this.#surroundings = surroundings;
    this.#images = images;
  }

  async list(signal?: AbortSignal): Promise<readonly Service[]> {
    const answer = await this.#requests.json('GET', '/services', { query: { status: true }, signal });
    return list(answer).map(parseService);
  }

  /** The tasks of one service, or of all: what runs, and what is kept of what ran before. */
  async tasks(service?: string, signal?: AbortSignal): Promise<readonly Task[]> {
    const filters = service === undefined ? undefined : { service: [service] };
    return list(await this.#requests.json('GET', '/tasks', { query: { filters }, signal })).map(parseTask);
  }

  /** The inspect object, exactly as the engine sends it. */
  async inspect(id: string, signal?: AbortSignal): Promise<Json> {
    return record(await this.#requests.json('GET', servicePath(id), { signal }));
  }

  /**
   * Make one. Its image is pinned to the digest that the registry has now, so that every node runs the same; where that
   * cannot be had, `pinned` is false and each node takes what it finds under the name. The login for the registry goes
   * with it.
   */
  async create(
    options: ServiceOptions,
    signal?: AbortSignal,
  ): Promise<{ id: string; pinned: boolean; warnings: readonly string[] }> {
    const body = serviceBody(options);
    const pinned = await this.#pin(body, options.image, signal);
    const headers = await registryHeaders(options.image, this.#surroundings, signal);
    const answer = record(await this.#requests.json('POST', '/services/create', { body, headers, signal }));
    const warnings = [text(answer['Warning']), ...texts(answer['Warnings'])].filter(Boolean);
    return { id: text(answer['ID']), pinned, warnings };
  }

  /** How many tasks it is to have. `invalid` for a global one, which has one on every node. */
  async scale(id: string, replicas: number, signal?: AbortSignal): Promise<void> {
    checkReplicas(replicas);
    await updated(this.#requests, servicePath(id), signal, (spec) => {
      const mode = record(spec['Mode']);
      if (!('Replicated' in mode))
        throw new EngineError(
          'invalid',
          sentence('{0} is no service with replicas, so it cannot be scaled.', text(spec['Name'])),
        );
      return { spec: { ...spec, Mode: { Replicated: { Replicas: replicas } } } };
    });
  }

  /** Give it another image, pinned as `create` does, or with `force` its tasks anew although nothing has changed. */
  async update(
    id: string,
    { image, force = false }: { readonly image?: string; readonly force?: boolean },
    signal?: AbortSignal,
  ): Promise<{ pinned: boolean }> {
    let pinned = true;
    await updated(this.#requests, servicePath(id), signal, async (before) => {
      const spec = structuredClone(before) as Record<string, unknown>;
      const template = record(spec['TaskTemplate']) as Record<string, unknown>;
      if (force) template['ForceUpdate'] = number(template['ForceUpdate']) + 1;
      if (image === undefined) return { spec, query: { registryAuthFrom: 'spec' } };
      pinned = await this.#pin(spec, image, signal);
      return { spec, headers: await registryHeaders(image, this.#surroundings, signal) };
    });
    return { pinned };
  }

  /** Back to what it was before its last update. `conflict` when it never had one. */
  async rollback(id: string, signal?: AbortSignal): Promise<void> {
    await updated(this.#requests, servicePath(id), signal, (spec) => ({
      spec,
      query: { rollback: 'previous' },
    }));
  }

  /** Remove it; its tasks are ended. */
  async remove(id: string, signal?: AbortSignal): Promise<void> {
    await this.#requests.head('DELETE', servicePath(id), { signal });
  }

  /**
   * What all of its tasks wrote, in the order in which the engine gets it from their nodes. A task without a node yet has
   * no log; that the engine then calls the whole incomplete is no failure, and left out.
   */
  async *logs(
    id: string,
    { follow = false, tail = 'all', since, timestamps = false }: ServiceLogOptions = {},
    signal?: AbortSignal,
  ): AsyncGenerator<readonly Frame[]> {
    const template = record(await specOf(this.#requests, servicePath(id), signal))['TaskTemplate'];
    const tty = record(record(template)['ContainerSpec'])['TTY'] === true;
    const stream = await this.#requests.stream('GET', servicePath(id, 'logs'), {
      query: {
        stdout: true,
        stderr: true,
        follow,
        timestamps,
        tail: String(tail),
        since: since === undefined ? undefined : parseWhen(since),
      },
      signal,
    });
    try {
      yield* (tty ? rawFrames : joinedFrames)(gathered(chunks(stream, signal)));
    } catch (error) {
      if (!/incomplete log stream/.test(String((error as EngineError).cause))) throw error;
    }
  }

  /**
   * Makes a body ask for what the registry has under this name now: by its digest, and on nodes that can run it. Tells
   * whether the registry could be asked.
   */
  async #pin(body: Json, image: string, signal?: AbortSignal): Promise<boolean> {
    const reference = withDefaultTag(parseReference(image));
    const template = record(body['TaskTemplate']) as Record<string, unknown>;
    const container = record(template['ContainerSpec']) as Record<string, unknown>;
    container['Image'] = familiarString(reference);
    if (reference.digest !== undefined) return true;
    try {
      const { digest, platforms } = await this.#images.distribution(image, signal);
      container['Image'] = `${familiarString(reference)}@${digest}`;
      template['Placement'] = {
        ...record(template['Placement']),
        Platforms: platforms.map(nodePlatform),
      };
      return true;
    } catch (error) {
      if (signal?.aborted === true) throw error;
      return false;
    }
  }
}
