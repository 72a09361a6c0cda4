import { HUB } from '../engine/registry/address';
import type { RegistryQuestion } from '../engine/registry/question';
import type { Registries } from '../engine/registry/registries';
import type { Remote } from './completion/images';

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
  ask(question: RegistryQuestion): Promise<Remote | undefined> {
    return question.host === HUB ? this.#askHub(question) : this.#askRegistry(question);
  }

  async #askHub({ kind, path }: RegistryQuestion): Promise<Remote | undefined> {
    const dockerHub = await this.#registries.hub();
    if (kind === 'names') {
      const names = await dockerHub.search(path);
      return names && { names, tags: [] };
    }
    const tags = await dockerHub.tags(path);
    return tags && { names: [], tags: tags.map((tag) => tag.name) };
  }

  /** With the login of the user's, as a pull would. */
  #askRegistry({ host, path }: RegistryQuestion): Promise<Remote | undefined> {
    const key = `${host}/${path}`;
    const known = this.#tags.get(key);
    if (known && Date.now() < known.until) return known.answer;
    if (this.#tags.size >= most) this.#tags.clear();
    const answer = this.#readTags(host, path).catch(() => {
      this.#tags.set(key, { until: Date.now() + rest, answer });
      return undefined;
    });
    this.#tags.set(key, { until: Date.now() + fresh, answer });
    return answer;
  }

  async #readTags(host: string, repository: string): Promise<Remote> {
    const { listTags } = await import('../engine/registry/tags');
    const client = await this.#registries.client(host);
    return { names: [], tags: await listTags(client, repository, AbortSignal.timeout(patience)) };
  }
}
