import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Endpoint } from './endpoint/endpoint';
import type { Call, Method, Requests } from './requests';
import type { Transport } from './transport';

/**
 * The way to one engine: the endpoint is resolved and the transport (with dockerode) loaded on the first request,
 * and both again after `reset`, so a changed context or environment is followed.
 */
export class Connection implements Requests {
  readonly #resolve: () => Promise<Endpoint>;
  readonly #headers: () => Promise<Readonly<Record<string, string>>>;
  #transport: Promise<Transport> | undefined;
  #endpoint: Endpoint | undefined;

  /** `resolve` and `headers` are asked again for every connection. */
  constructor(resolve: () => Promise<Endpoint>, headers: () => Promise<Readonly<Record<string, string>>>) {
    this.#resolve = resolve;
    this.#headers = headers;
  }

  /** Where the last request went; undefined before the first. */
  get endpoint(): Endpoint | undefined {
    return this.#endpoint;
  }

  /** Where the next connection would go. */
  resolve(): Promise<Endpoint> {
    return this.#resolve();
  }

  /** Forget the endpoint and close what is open; the next request starts anew. */
  reset(): void {
    const old = this.#transport;
    this.#transport = undefined;
    old?.then(
      (transport) => transport.dispose(),
      () => undefined, // It never opened: its failure was reported to whoever asked.
    );
  }

  async version(signal?: AbortSignal): Promise<string> {
    return (await this.#open()).version(signal);
  }

  async atLeast(version: string, signal?: AbortSignal): Promise<boolean> {
    return (await this.#open()).atLeast(version, signal);
  }

  async json(method: Method, path: string, call?: Call): Promise<unknown> {
    return (await this.#open()).json(method, path, call);
  }

  async head(
    method: Method,
    path: string,
    call?: Call,
  ): Promise<{ status: number; headers: IncomingHttpHeaders }> {
    return (await this.#open()).head(method, path, call);
  }

  async stream(method: Method, path: string, call?: Call): Promise<IncomingMessage> {
    return (await this.#open()).stream(method, path, call);
  }

  async hijack(path: string, call?: Call): Promise<Duplex> {
    return (await this.#open()).hijack(path, call);
  }

  #open(): Promise<Transport> {
    if (this.#transport) return this.#transport;
    // One that was given up for a newer one has no say any more.
    const opening: Promise<Transport> = this.#start((endpoint) => {
      if (this.#transport === opening) this.#endpoint = endpoint;
    });
    this.#transport = opening;
    opening.catch(() => {
      if (this.#transport === opening) this.#transport = undefined;
    });
    return opening;
  }

  async #start(resolved: (endpoint: Endpoint) => void): Promise<Transport> {
    const endpoint = await this.#resolve();
    resolved(endpoint);
    const [{ Transport }, headers] = await Promise.all([import('./transport'), this.#headers()]);
    return new Transport(endpoint, headers);
  }
}
