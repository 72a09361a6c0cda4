import type { Surroundings } from './endpoint/surroundings';
import type { Images } from './images';
import type { Requests } from './requests';
import { Nodes } from './swarm/nodes';
import { Services } from './swarm/services';
import { record, text } from './wire/read';
import { parseSwarmState, type SwarmState } from './wire/swarm';

/** Several engines as one. Reference: moby `api/swagger.yaml`, `/swarm`. */
export class Swarm {
  readonly services: Services;
  readonly nodes: Nodes;
  readonly #requests: Requests;

  constructor(requests: Requests, surroundings: Surroundings, images: Images) {
    this.#requests = requests;
    this.services = new Services(requests, surroundings, images);
    this.nodes = new Nodes(requests);
  }

  /** How the engine stands to swarms; never fails for one that is in none. */
  async state(signal?: AbortSignal): Promise<SwarmState> {
    return parseSwarmState(record(await this.#requests.json('GET', '/info', { signal })));
  }

  /**
   * Make a swarm with this engine as its manager, and answer the id of its node. `advertiseAddr` is the address (or the
   * network interface) that other nodes reach it by: an engine with several addresses must be told. `conflict` when it is
   * in a swarm already.
   */
  async init(options: { readonly advertiseAddr?: string } = {}, signal?: AbortSignal): Promise<string> {
    const body = { ListenAddr: '0.0.0.0:2377', AdvertiseAddr: options.advertiseAddr ?? '' };
    return text(await this.#requests.json('POST', '/swarm/init', { body, signal }));
  }

  /** What an engine needs to join this swarm, as `docker swarm join --token` takes it. */
  async joinTokens(signal?: AbortSignal): Promise<{ worker: string; manager: string }> {
    const { JoinTokens } = record(await this.#requests.json('GET', '/swarm', { signal }));
    const tokens = record(JoinTokens);
    return { worker: text(tokens['Worker']), manager: text(tokens['Manager']) };
  }

  /** Take this engine out of its swarm. A manager needs `force`, and the last one takes the swarm with all services along. */
  async leave(options: { readonly force?: boolean } = {}, signal?: AbortSignal): Promise<void> {
    await this.#requests.head('POST', '/swarm/leave', { query: { force: options.force }, signal });
  }
}
