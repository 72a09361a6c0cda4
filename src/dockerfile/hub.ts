import type { DockerHub } from '../engine/registry/hub';
import type { Question, Remote } from './completion/images';

/** Docker Hub's names and tags. Quietly silent without a network, and for a while after it did not answer. */
export class Hub {
  #hub: DockerHub | undefined;

  /** Undefined where nothing is known. Each question is asked once, however often it comes. */
  async ask({ kind, name }: Question): Promise<Remote | undefined> {
    const { DockerHub } = await import('../engine/registry/hub');
    this.#hub ??= new DockerHub();
    if (kind === 'names') {
      const names = await this.#hub.search(name);
      return names && { names, tags: [] };
    }
    const tags = await this.#hub.tags(name);
    return tags && { names: [], tags: tags.map((tag) => tag.name) };
  }
}
