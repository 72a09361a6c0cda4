import { EngineError, sentence } from '../errors';
import { swarmNodePath } from '../paths';
import type { Requests } from '../requests';
import { list, record, type Json } from '../wire/read';
import { parseSwarmNode, parseSwarmState, type SwarmNode } from '../wire/swarm';
import { updated } from './versioned';

const AVAILABILITIES: readonly string[] = ['active', 'pause', 'drain'];
const ROLES: readonly string[] = ['worker', 'manager'];

/**
 * The verbs on the machines of a swarm. `id` is an id, a unique prefix of one, a host name, or `self`. All reject with
 * an `EngineError`: `conflict` on an engine that is no manager. Reference: moby `api/swagger.yaml`, `/nodes`.
 */
export class Nodes {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  async list(signal?: AbortSignal): Promise<readonly SwarmNode[]> {
    return list(await this.#requests.json('GET', '/nodes', { signal })).map(parseSwarmNode);
  }

  /** The inspect object, exactly as the engine sends it. */
  async inspect(id: string, signal?: AbortSignal): Promise<Json> {
    return record(await this.#requests.json('GET', await this.#path(id, signal), { signal }));
  }

  /** Say whether it may run tasks, and whether it is one of those that decide. */
  async update(
    id: string,
    { availability, role }: { readonly availability?: string; readonly role?: string },
    signal?: AbortSignal,
  ): Promise<void> {
    check(availability, AVAILABILITIES);
    check(role, ROLES);
    await updated(this.#requests, await this.#path(id, signal), signal, (spec) => ({
      spec: {
        ...spec,
        ...(availability !== undefined && { Availability: availability }),
        ...(role !== undefined && { Role: role }),
      },
    }));
  }

  /** `self` is the CLI's word, which the engine does not know. */
  async #path(id: string, signal?: AbortSignal): Promise<string> {
    if (id !== 'self') return swarmNodePath(id);
    const { node } = parseSwarmState(record(await this.#requests.json('GET', '/info', { signal })));
    return swarmNodePath(node);
  }
}

function check(value: string | undefined, allowed: readonly string[]): void {
  if (value !== undefined && !allowed.includes(value))
    throw new EngineError('invalid', sentence('"{0}" is none of {1}.', value, allowed.join(', ')));
}
