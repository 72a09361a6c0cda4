import { credentialsFor, type Credentials } from '../auth/credentials';
import type { Surroundings } from '../endpoint/surroundings';
import { EngineError } from '../errors';
import { record, type Json } from '../wire/read';
import { apiHost, isLoopback, serverKey } from './address';
import { parseChallenges } from './challenge';
import { notARegistry, refusal, speaksNoTls } from './failures';
import { askOn, type HttpAnswer, type HttpCall, type Trust } from './http';
import { askToken, basic, type Token } from './token';
import { trustOf } from './trust';

/** What decides how registries are spoken to. */
export interface Access {
  readonly surroundings: Surroundings;
  /** Whether the engine was told that a registry (host and port) needs no HTTPS, or a certificate of anybody's. */
  readonly insecure?: (host: string) => boolean;
  /** Files with further CAs. */
  readonly certificates?: readonly string[];
  /** ms for one request; for tests. */
  readonly deadline?: number;
}

/** One request to the registry's API. */
export interface RegistryCall {
  readonly method?: 'GET' | 'HEAD' | 'DELETE';
  /** After `/v2/`, with its query. */
  readonly path: string;
  /** What a token must be for, as `repository:team/app:pull`; empty for the registry itself. */
  readonly scope: string;
  readonly accept?: string;
  readonly most?: number;
}

/**
 * A registry that speaks the Distribution API (opencontainers `distribution-spec`), with the user's own login as the CLI
 * keeps it. It remembers how the registry is reached and the tokens it gave: after a login make a new one. Every request
 * has a deadline and a longest answer. Rejects with kind `unreachable`, `tls`, `denied` (status 401: log in; 429: later),
 * `notFound`, `protocol` or `cancelled`.
 */
export class RegistryClient {
  /** Host and port, as image names spell them. */
  readonly host: string;
  readonly #access: Access;
  readonly #tokens = new Map<string, Token>();
  #origin: string | undefined;
  #login: Promise<Credentials | undefined> | undefined;
  /** Why the login could not be read: said where the registry lets nobody in without one. */
  #unread: unknown;
  /** The registry wants the password itself with every request. */
  #basic = false;

  constructor(host: string, access: Access) {
    this.host = host;
    this.#access = access;
  }

  /** Whether it is there, is a registry, and lets us in. */
  async ping(signal?: AbortSignal): Promise<void> {
    const { headers, body } = await this.send({ path: '', scope: '' }, signal);
    const said = headers['docker-distribution-api-version'] !== undefined;
    if (!said && /html/i.test(headers['content-type'] ?? body.toString('latin1', 0, 100)))
      throw notARegistry(this.host);
  }

  /** An answer with a status below 400. */
  async send(call: RegistryCall, signal?: AbortSignal): Promise<HttpAnswer> {
    try {
      return await this.#send(call, signal);
    } catch (error) {
      throw (error as EngineError).status === 401 && this.#unread !== undefined ? this.#unread : error;
    }
  }

  async #send(call: RegistryCall, signal?: AbortSignal): Promise<HttpAnswer> {
    const first = await this.#ask(call, signal);
    if (first.status !== 401) return this.#checked(first);
    this.#tokens.delete(call.scope);
    const { login, proved } = await this.#prove(first, call.scope, signal);
    if (!proved) throw refusal(first, this.host, login);
    return this.#checked(await this.#ask(call, signal), login);
  }

  /** The same, read as a JSON object. */
  async json(call: RegistryCall, signal?: AbortSignal): Promise<{ json: Json; answer: HttpAnswer }> {
    const answer = await this.send(call, signal);
    try {
      const json: unknown = JSON.parse(answer.body.toString('utf8'));
      if (record(json) === json) return { json: record(json), answer };
    } catch (cause) {
      throw notARegistry(this.host, cause);
    }
    throw notARegistry(this.host);
  }

  #checked(answer: HttpAnswer, login: 'none' | 'password' | 'token' = 'none'): HttpAnswer {
    if (answer.status < 400) return answer;
    throw refusal(answer, this.host, login);
  }

  async #ask({ method = 'GET', path, scope, accept, most }: RegistryCall, signal?: AbortSignal) {
    const token = this.#tokens.get(scope);
    const login = this.#basic ? await this.#credentials() : undefined;
    const headers = {
      ...(accept !== undefined && { Accept: accept }),
      ...(login?.username && basic(login.username, login.password ?? '')),
      ...(token && token.until > Date.now() && { Authorization: `Bearer ${token.value}` }),
    };
    const call = { method, headers, most, deadline: this.#access.deadline };
    return this.#reach((origin) => new URL(`/v2/${path}`, origin), call, signal);
  }

  /** HTTPS first; without it only on this machine, and where the engine was told that it is meant so. */
  async #reach(urlAt: (origin: string) => URL, call: HttpCall, signal?: AbortSignal): Promise<HttpAnswer> {
    const host = apiHost(this.host);
    const known = this.#origin;
    const url = urlAt(known ?? `https://${host}`);
    try {
      const answer = await askOn(url, { ...call, trust: await this.#trustFor(url) }, signal);
      this.#origin = url.origin;
      return answer;
    } catch (error) {
      const plain = isLoopback(host) || this.#insecure(host);
      if (known !== undefined || !plain || !speaksNoTls(error)) throw error;
      const other = urlAt(`http://${host}`);
      const answer = await askOn(other, call, signal);
      this.#origin = other.origin;
      return answer;
    }
  }

  async #trustFor({ host, protocol }: URL): Promise<Trust> {
    if (protocol !== 'https:') return {};
    const { surroundings, certificates } = this.#access;
    const trust = await trustOf(host, surroundings, certificates);
    return this.#insecure(host) ? { ...trust, rejectUnauthorized: false } : trust;
  }

  #insecure(host: string): boolean {
    return this.#access.insecure?.(host) ?? false;
  }

  /** Shared by all requests, so none of them can cancel it; a helper has a deadline of its own. */
  #credentials(): Promise<Credentials | undefined> {
    this.#login ??= credentialsFor(serverKey(this.host), this.#access.surroundings).catch(
      (error: unknown) => {
        // Like the CLI: what is public is there without it.
        this.#unread = error;
        return undefined;
      },
    );
    return this.#login;
  }

  /** Get what the registry asks for; `proved` when there is something new to send. */
  async #prove({ headers, body, status, url }: HttpAnswer, scope: string, signal?: AbortSignal) {
    const challenges = parseChallenges(headers['www-authenticate']);
    const credentials = await this.#credentials();
    const { identitytoken, registrytoken, username } = credentials ?? {};
    const login = identitytoken ? 'token' : username ? 'password' : 'none';
    const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
    if (bearer && registrytoken) {
      this.#tokens.set(scope, { value: registrytoken, until: Infinity });
      return { login: 'token', proved: true } as const;
    }
    if (bearer) {
      const wanted = scope || (bearer.values.get('scope') ?? '');
      const token = await askToken(
        this.host,
        bearer,
        wanted,
        credentials,
        (at) => this.#trustFor(at),
        signal,
      ).catch((error: unknown) => {
        if (error instanceof EngineError && error.status === 404) throw notARegistry(this.host, error);
        throw error;
      });
      this.#tokens.set(scope, token);
      return { login, proved: true } as const;
    }
    if (!challenges.some(({ scheme }) => scheme === 'basic'))
      throw notARegistry(
        this.host,
        new Error(`HTTP ${String(status)} at ${url.href}: ${body.toString('utf8', 0, 200)}`),
      );
    const again = this.#basic;
    this.#basic = username !== undefined;
    return { login, proved: this.#basic && !again } as const;
  }
}
