import { Emitter, type Disposable, type Event } from '../emitter';
import type { Surroundings } from '../endpoint/surroundings';
import type { Access, RegistryClient } from './client';
import type { DockerHub } from './hub';

/** The registries that are spoken to: one client for each, which is made anew after a login or when asked to. */
export class Registries implements Disposable {
  /** The user's side: where logins are kept. */
  readonly surroundings: Surroundings;
  readonly #access: () => Promise<Access>;
  readonly #clients = new Map<string, Promise<RegistryClient>>();
  #hub: Promise<DockerHub> | undefined;
  readonly #changed = new Emitter<string | undefined>();
  /** What was known of a registry (its host), or of all, no longer counts. */
  readonly onDidChange: Event<string | undefined> = this.#changed.event;

  /** `access` is asked for every new client. */
  constructor(surroundings: Surroundings, access: () => Promise<Access>) {
    this.surroundings = surroundings;
    this.#access = access;
  }

  /** The client of a registry, by its host; `docker.io` for Docker Hub. */
  client(host: string): Promise<RegistryClient> {
    const known = this.#clients.get(host);
    if (known) return known;
    const made = this.#make(host);
    this.#clients.set(host, made);
    made.catch(() => this.#clients.delete(host));
    return made;
  }

  /** Docker Hub's names, which are the same for everybody. */
  hub(): Promise<DockerHub> {
    this.#hub ??= import('./hub').then(({ DockerHub }) => new DockerHub());
    return this.#hub;
  }

  /** Start anew with one registry, or with all: another login, other settings, or the user wants to know. */
  forget(host?: string): void {
    if (host === undefined) this.#clients.clear();
    else this.#clients.delete(host);
    this.#changed.fire(host);
  }

  dispose(): void {
    this.#clients.clear();
    this.#changed.dispose();
  }

  async #make(host: string): Promise<RegistryClient> {
    const [{ RegistryClient }, access] = await Promise.all([import('./client'), this.#access()]);
    return new RegistryClient(host, access);
  }
}
