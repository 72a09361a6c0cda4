import type { Surroundings } from '../engine/endpoint/surroundings';
import type { Engines } from '../engine/engines';
import type { DockerHub } from '../engine/registry/hub';
import { hub, type Question, type Remote } from './completion/images';

const fresh = 10 * 60_000;
/** ms until a registry that did not answer is asked again: somebody may have logged in. */
const rest = 60_000;
const patience = 5_000;
const deadline = 3_000;
const most = 100;

/** What registries have. Quietly silent without a network, and for a while after one did not answer. */
export class RemoteImages {
  #hub: DockerHub | undefined;
  readonly #tags = new Map<
    string,
    { readonly until: number; readonly answer: Promise<Remote | undefined> }
  >();
  readonly #engines: Engines;
  readonly #surroundings: Surroundings;

  constructor(engines: Engines, surroundings: Surroundings) {
    this.#engines = engines;
    this.#surroundings = surroundings;
  }

  /** Undefined where nothing is known. Each question is asked once, however often it comes. */
  ask(question: Question): Promise<Remote | undefined> {
    return question.registry === hub ? this.#askHub(question) : this.#askRegistry(question);
  }

  async #askHub({ kind, name }: Question): Promise<Remote | undefined> {
    const { DockerHub } = await import('../engine/registry/hub');
    this.#hub ??= new DockerHub();
    if (kind === 'names') {
      const names = await this.#hub.search(name);
      return names && { names, tags: [] };
    }
    const tags = await this.#hub.tags(name);
    return tags && { names: [], tags: tags.map((tag) => tag.name) };
  }

  /** With the login of the user's, as a pull would. */
  #askRegistry({ registry, name }: Question): Promise<Remote | undefined> {
    const key = `${registry}/${name}`;
    const known = this.#tags.get(key);
    if (known && Date.now() < known.until) return known.answer;
    if (this.#tags.size >= most) this.#tags.clear();
    const answer = this.#readTags(key).catch(() => {
      this.#tags.set(key, { until: Date.now() + rest, answer });
      return undefined;
    });
    this.#tags.set(key, { until: Date.now() + fresh, answer });
    return answer;
  }

  async #readTags(name: string): Promise<Remote> {
    const [{ tagsOf }, { insecureRegistries }] = await Promise.all([
      import('../engine/registry/tags'),
      import('../engine/registry/insecure'),
    ]);
    const signal = AbortSignal.timeout(patience);
    const [engine] = this.#engines.shown;
    const info = engine?.model.state.kind === 'connected' ? await engine.system.info(signal) : {};
    const access = { surroundings: this.#surroundings, insecure: insecureRegistries(info), deadline };
    return { names: [], tags: await tagsOf(name, access, signal) };
  }
}
