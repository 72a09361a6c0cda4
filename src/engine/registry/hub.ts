import { list, number, record, text } from '../wire/read';
import { askOn } from './http';
import { DIGEST, platformText } from './manifest';
import { notARegistry, refusal } from './failures';
import { HUB } from './address';

/** A repository of Docker Hub, as its search tells of it. */
export interface HubRepository {
  /** As people write it: `nginx`, `bitnami/redis`. */
  readonly name: string;
  readonly description: string;
  readonly official: boolean;
}

/** A tag with what Docker Hub's own pages say of it, which counts as no pull. */
export interface HubTag {
  readonly name: string;
  /** Empty where it is not told. */
  readonly digest: string;
  /** ms since 1970; 0 where it is not told. */
  readonly updated: number;
  readonly images: readonly { readonly platform: string; readonly size: number }[];
}

/** Read from Docker Hub's search, whatever its shape. */
export function parseHubNames(answer: unknown): readonly HubRepository[] {
  return list(record(answer)['results'])
    .slice(0, MOST)
    .map(record)
    .map((one) => ({
      name: (text(one['repo_name']) || joined(one)).replace(/^library\//, ''),
      description: (text(one['short_description']) || text(one['description'])).slice(0, 300),
      official: one['is_official'] === true,
    }))
    .filter(({ name }) => /^[a-z0-9][a-z0-9._/-]{0,200}$/.test(name));
}

/** Read from Docker Hub's page of tags. */
export function parseHubTags(answer: unknown): readonly HubTag[] {
  return list(record(answer)['results'])
    .slice(0, MOST)
    .map(record)
    .map((one) => ({
      name: text(one['name']),
      digest: DIGEST.test(text(one['digest'])) ? text(one['digest']) : '',
      updated: Date.parse(text(one['last_updated'])) || 0,
      images: list(one['images'])
        .slice(0, MOST)
        .map(record)
        .map((image) => ({ platform: platformText(image), size: number(image['size']) }))
        .filter(({ platform }) => platform !== '' && platform !== 'unknown/unknown'),
    }))
    .filter(({ name }) => /^\w[\w.-]{0,127}$/.test(name));
}

const MOST = 100;

function joined(one: Readonly<Record<string, unknown>>): string {
  return [text(one['namespace']), text(one['name'])].filter(Boolean).join('/');
}

const FRESH = 10 * 60_000;
const REST = 60_000;
const MOST_KNOWN = 200;
const DEADLINE = 3_000;

/**
 * Docker Hub's names and tags, for completion: each question is asked once in ten minutes, and where there is no network,
 * or no answer in three seconds, nobody is asked for a minute.
 */
export class DockerHub {
  readonly #known = new Map<string, { readonly at: number; readonly answer: unknown }>();
  readonly #asked = new Map<string, Promise<unknown>>();
  readonly #origin: string;
  #restUntil = 0;

  /** `origin` is for tests. */
  constructor(origin = 'https://hub.docker.com') {
    this.#origin = origin;
  }

  /** Repositories for what is typed; `undefined` where nobody knows. */
  async search(typed: string): Promise<readonly HubRepository[] | undefined> {
    const answer = await this.#ask(
      `/v2/search/repositories/?page_size=25&query=${encodeURIComponent(typed)}`,
    );
    return answer === undefined ? undefined : parseHubNames(answer);
  }

  /** Tags of a repository (`library/nginx`), the youngest first; `undefined` where nobody knows. */
  async tags(repository: string): Promise<readonly HubTag[] | undefined> {
    const [namespace = '', name = ''] = repository.split('/').map(encodeURIComponent);
    const answer = await this.#ask(`/v2/namespaces/${namespace}/repositories/${name}/tags?page_size=100`);
    return answer === undefined ? undefined : parseHubTags(answer);
  }

  #ask(path: string): Promise<unknown> {
    const known = this.#known.get(path);
    if (known && Date.now() - known.at < FRESH) return Promise.resolve(known.answer);
    if (Date.now() < this.#restUntil) return Promise.resolve(undefined);
    let running = this.#asked.get(path);
    if (!running) {
      running = this.#fetch(path).finally(() => this.#asked.delete(path));
      this.#asked.set(path, running);
    }
    return running;
  }

  async #fetch(path: string): Promise<unknown> {
    try {
      const { status, body } = await askOn(new URL(path, this.#origin), { deadline: DEADLINE });
      // A name that is not there is an answer too.
      if (status !== 200 && status !== 404) throw new Error(String(status));
      const answer: unknown = status === 200 ? JSON.parse(body.toString('utf8')) : {};
      if (this.#known.size >= MOST_KNOWN) this.#known.clear();
      this.#known.set(path, { at: Date.now(), answer });
      return answer;
    } catch {
      this.#restUntil = Date.now() + REST;
      return undefined;
    }
  }
}

/** The public repositories of somebody on Docker Hub, 100 at most. Rejects as `RegistryClient` does. */
export async function hubRepositories(user: string, signal?: AbortSignal): Promise<readonly string[]> {
  const url = `https://hub.docker.com/v2/namespaces/${encodeURIComponent(user)}/repositories?page_size=100`;
  const answer = await askOn(new URL(url), {}, signal);
  if (answer.status === 404) return [];
  if (answer.status >= 400) throw refusal(answer, HUB, 'none');
  try {
    return parseHubNames(JSON.parse(answer.body.toString('utf8'))).map(({ name }) => name);
  } catch (cause) {
    throw notARegistry(HUB, cause);
  }
}
