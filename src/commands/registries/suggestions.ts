import { l10n } from 'vscode';
import type { Engine } from '../../engine/engine';
import type { Image } from '../../engine/model/types';
import type { HubRepository } from '../../engine/registry/hub';
import { HUB } from '../../engine/registry/address';
import { questionOf, type RegistryQuestion } from '../../engine/registry/question';
import type { Registries } from '../../engine/registry/registries';
import { listTags } from '../../engine/registry/tags';
import { humanSize } from '../../engine/run/units';
import { listImages } from '../listing';

/** A name that may be meant. */
export interface Suggestion {
  readonly name: string;
  readonly description: string;
  /** It has no tag yet: its tags can be shown. */
  readonly bare: boolean;
}

/** ms for one question to a registry. */
const PATIENCE = 5_000;
const MOST = 100;

/** Names for what is typed: those of local images, then Docker Hub's or the tags of a registry. */
export class Suggestions {
  readonly #registries: Registries;
  readonly #hub: boolean;
  readonly #local: Promise<readonly Image[]>;
  readonly #tags = new Map<string, Promise<readonly string[]>>();

  /** `hub`: Docker Hub may be asked. */
  constructor(engine: Engine, registries: Registries, hub: boolean) {
    this.#registries = registries;
    this.#hub = hub;
    this.#local = listImages(engine).catch(() => []);
  }

  /** Those of the engine, at once. */
  async local(word: string): Promise<Suggestion[]> {
    return (await this.#local)
      .flatMap(({ tags, size }) => tags.map((name) => ({ name, description: humanSize(size), bare: false })))
      .filter(({ name }) => name.includes(word))
      .sort((a, b) => Number(b.name.startsWith(word)) - Number(a.name.startsWith(word)))
      .slice(0, MOST)
      .map((one) => ({ ...one, description: l10n.t('local image, {0}', one.description) }));
  }

  /** Those of a registry; nothing where none may be asked, or none answers. */
  async remote(word: string): Promise<Suggestion[]> {
    const question = questionOf(word);
    if (!question || (question.host === HUB && !this.#hub)) return [];
    return question.kind === 'names' ? this.#names(question.path) : this.#tagsFor(question);
  }

  async #names(typed: string): Promise<Suggestion[]> {
    const found: readonly HubRepository[] = (await (await this.#registries.hub()).search(typed)) ?? [];
    return found.map(({ name, description, official }) => ({
      name,
      description: official ? l10n.t('Docker Official Image') : description || l10n.t('Docker Hub'),
      bare: true,
    }));
  }

  async #tagsFor({
    host,
    path,
    before,
    begun,
  }: Extract<RegistryQuestion, { kind: 'tags' }>): Promise<Suggestion[]> {
    const key = `${host}/${path}`;
    let tags = this.#tags.get(key);
    if (!tags) {
      tags = this.#registries
        .client(host)
        .then((client) => listTags(client, path, AbortSignal.timeout(PATIENCE)))
        // What is typed is good without it; why it is missing is said when it is pulled.
        .catch(() => []);
      this.#tags.set(key, tags);
    }
    return (await tags)
      .filter((tag) => tag.includes(begun))
      .sort((a, b) => Number(b.startsWith(begun)) - Number(a.startsWith(begun)))
      .slice(0, MOST)
      .map((tag) => ({ name: `${before}${tag}`, description: '', bare: false }));
  }
}
