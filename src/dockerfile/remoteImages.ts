import type { Registries } from '../engine/registry/registries';
import { hub, type Question, type Remote } from './completion/images';

const fresh = 10 * 60_000;
/** ms until a registry that did not answer is asked again: somebody may have logged in. */
const rest = 60_000;
const patience = 5_000;
const most = 100;

/** What registries have. Quietly silent without a network, and for a while after one did not answer. */
export class RemoteImages {
  readonly #tags = new Map<
    string,
    { readonly until: number; readonly answer: Promise<Remote | undefined> }
  >();
  readonly #registries: Registries;

  constructor(registries: Registries) {
    this.#registries = registries;
  }

  /** Undefined where nothing is known. Each question is asked once, however often it comes. */
  ask(question: Question): Promise<Remote | undefined> {
    return question.registry === hub ? this.#askHub(question) : this.#askRegistry(question);
  }

  async #askHub({ kind, name }: Question): Promise<Remote | undefined> {
    const dockerHub = await this.#registries.hub();
    if (kind === 'names') {
      const names = await dockerHub.search(name);
      return names && { names, tags: [] };
    }
    const tags = await dockerHub.tags(name);
    return tags && { names: [], tags: tags.map((tag) => tag.name) };
  }

  /** With the login of the user's, as a pull would. */
  #askRegistry({ registry, name }: Question): Promise<Remote | undefined> {
    const key = `${registry}/${name}`;
    const known = this.#tags.get(key);
    if (known && Date.now() < known.until) return known.answer;
    if (this.#tags.size >= most) this.#tags.clear();
    const answer = this.#readTags(registry, name).catch(() => {
      this.#tags.set(key, { until: Date.now() + rest, answer });
      return undefined;
    });
    this.#tags.set(key, { until: Date.now() + fresh, answer });
    return answer;
  }

  async #readTags(registry: string, repository: string): Promise<Remote> {
    const { listTags } = await import('../engine/registry/tags');
    const client = await this.#registries.client(registry);
    return { names: [], tags: await listTags(client, repository, AbortSignal.timeout(patience)) };
  }
}
