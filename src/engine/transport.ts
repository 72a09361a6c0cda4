import type { IncomingHttpHeaders, IncomingMessage, RequestOptions } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import Docker from 'dockerode';
import { answerFailure, connectionFailure } from './answers';
import { createDialer, type Dialer, type Endpoint } from './endpoint/endpoint';
import { EngineError, cancelled, sentence } from './errors';
import type { Call, Method, Requests } from './requests';
import { sendRequest } from './sending';
import { NEWEST_API, OLDEST_API, compareVersions } from './versions';

/** The part of docker-modem that is used: one request, answered by its response or its upgraded socket. */
interface Modem {
  dial(options: object, callback: (error: Error | null, answer: unknown) => void): void;
  /** What `dial` sends with, once it has put the request together. */
  buildRequest: (
    options: RequestOptions,
    context: object,
    body: Readable | Buffer | string | undefined,
    callback: (error: Error | null, answer: unknown) => void,
  ) => void;
}

// docker-modem turns a status it was not told of into an error and drops the headers; here every status is an answer.
const EVERY_STATUS = new Proxy({}, { get: () => true });

const JSON_TYPE = { 'Content-Type': 'application/json' };

/** ms; ssh alone may take 30 s to say that it cannot connect. */
const LONGEST_NEGOTIATION = 40_000;

/** An error body is small; what is longer is not an engine's. */
const LONGEST_ERROR = 64 * 1024;

/** One engine over dockerode: a kept-alive agent of our own, the negotiated version, typed errors, abort signals. */
export class Transport implements Requests {
  readonly #endpoint: Endpoint;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #dialer: Dialer;
  readonly #modem: Modem;
  #negotiation: Promise<string> | undefined;
  /** In front of every path; empty until negotiated, for `/_ping` alone is asked without. */
  #version = '';

  /** `headers` go with every request. */
  constructor(endpoint: Endpoint, headers: Readonly<Record<string, string>> = {}) {
    this.#endpoint = endpoint;
    this.#headers = headers;
    this.#dialer = createDialer(endpoint);
    this.#modem = bareModem(this.#dialer);
  }

  dispose(): void {
    this.#dialer.dispose();
  }

  version(signal?: AbortSignal): Promise<string> {
    // Shared by all callers, so it has a deadline of its own and no caller's abort ends it for the others.
    this.#negotiation ??= this.#negotiate(AbortSignal.timeout(LONGEST_NEGOTIATION)).catch(
      (error: unknown) => {
        this.#negotiation = undefined;
        throw error;
      },
    );
    return signal ? abortable(this.#negotiation, signal) : this.#negotiation;
  }

  async atLeast(version: string, signal?: AbortSignal): Promise<boolean> {
    return compareVersions(await this.version(signal), version) >= 0;
  }

  async json(method: Method, path: string, call: Call = {}): Promise<unknown> {
    const text = await this.#text(await this.stream(method, path, call), call.signal);
    if (text === '') return undefined;
    try {
      return JSON.parse(text) as unknown;
    } catch (cause) {
      throw this.#noEngine(path, cause);
    }
  }

  async head(
    method: Method,
    path: string,
    call: Call = {},
  ): Promise<{ status: number; headers: IncomingHttpHeaders }> {
    const response = await this.stream(method, path, call);
    response.resume();
    return { status: response.statusCode ?? 0, headers: response.headers };
  }

  async stream(method: Method, path: string, call: Call = {}): Promise<IncomingMessage> {
    await this.version(call.signal);
    const response = (await this.#dial(method, path, call)) as IncomingMessage;
    await this.#refuseFailure(response, method, call.signal);
    if (isWebPage(response)) {
      response.destroy();
      throw this.#noEngine(path);
    }
    return response;
  }

  async hijack(path: string, call: Call = {}): Promise<Duplex> {
    await this.version(call.signal);
    const answer = await this.#dial('POST', path, call, true);
    if (isResponse(answer)) {
      await this.#refuseFailure(answer, 'POST', call.signal);
      answer.destroy();
      throw new EngineError(
        'protocol',
        sentence(
          'The connection to {0} cannot carry a terminal. A proxy in between may not support it.',
          this.#endpoint.host,
        ),
      );
    }
    // The signal given to the request ended with it; a stream that came of it must end as well.
    const socket = answer as Duplex;
    const abort = (): void => void socket.destroy();
    call.signal?.addEventListener('abort', abort, { once: true });
    socket.once('close', () => call.signal?.removeEventListener('abort', abort));
    return socket;
  }

  /** `GET /_ping` without a version tells the engine's newest; see `client/ping.go` of moby. */
  async #negotiate(signal: AbortSignal): Promise<string> {
    const response = (await this.#dial('GET', '/_ping', { signal })) as IncomingMessage;
    const said = response.headers['api-version'];
    // What has no version of an API and refuses is no engine, whatever its words are.
    if (said !== undefined) await this.#refuseFailure(response, 'GET', signal);
    await this.#text(response, signal, LONGEST_ERROR);
    if (typeof said !== 'string' || !/^\d+\.\d+$/.test(said))
      throw new EngineError(
        'protocol',
        sentence('What answers at {0} is not a Docker engine. Check the address.', this.#endpoint.host),
      );
    if (compareVersions(said, OLDEST_API) < 0)
      throw new EngineError(
        'tooOld',
        sentence(
          'The engine at {0} speaks API {1}; Quayside needs {2} or newer (Docker 20.10). Update Docker on its machine.',
          this.#endpoint.host,
          said,
          OLDEST_API,
        ),
      );
    const version = compareVersions(said, NEWEST_API) < 0 ? said : NEWEST_API;
    this.#version = `/v${version}`;
    return version;
  }

  async #dial(method: Method, path: string, call: Call, hijack = false): Promise<unknown> {
    try {
      return await this.#dialOnce(method, path, call, hijack);
    } catch (error) {
      // A kept-alive connection the engine closed meanwhile fails on its next use; asking again is safe for these.
      const stale = ['ECONNRESET', 'EPIPE'].includes((error as NodeJS.ErrnoException).code ?? '');
      if (stale && (method === 'GET' || method === 'HEAD') && call.signal?.aborted !== true) {
        return this.#dialOnce(method, path, call, hijack).catch((again: unknown) => {
          throw connectionFailure(again, this.#endpoint.host, call.signal);
        });
      }
      throw connectionFailure(error, this.#endpoint.host, call.signal);
    }
  }

  #dialOnce(method: Method, path: string, call: Call, hijack: boolean): Promise<unknown> {
    call.signal?.throwIfAborted();
    // An empty body, not none: an upgrade without a length would be sent chunked, and the end mark read as input.
    const body =
      call.body === undefined
        ? hijack
          ? Buffer.alloc(0)
          : undefined
        : Buffer.from(JSON.stringify(call.body));
    const type = call.upload
      ? { 'Content-Type': call.contentType ?? 'application/x-tar' }
      : body
        ? JSON_TYPE
        : {};
    const whole = `${this.#dialer.basePath}${this.#version}${path}`;
    return new Promise((resolve, reject) => {
      this.#modem.dial(
        {
          method,
          path: call.query ? `${whole}?` : whole,
          // The body goes in as a buffer and the query under `_query`: given as one, it would be sent in the URL too.
          options: call.query ? { _query: withoutUndefined(call.query), _body: {} } : undefined,
          file: call.upload ?? body,
          headers: { ...this.#headers, ...call.headers, ...type },
          abortSignal: call.signal,
          isStream: true,
          hijack,
          statusCodes: EVERY_STATUS,
        },
        (error, answer) => (error ? reject(error) : resolve(answer)),
      );
    });
  }

  async #refuseFailure(
    response: IncomingMessage,
    method: Method,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const status = response.statusCode ?? 0;
    // Not modified: a container is already as it was to be.
    if ((status >= 200 && status < 300) || status === 304) return;
    throw answerFailure(
      status,
      method === 'HEAD' ? '' : messageOf(await this.#text(response, signal, LONGEST_ERROR)),
    );
  }

  #noEngine(path: string, cause?: unknown): EngineError {
    return new EngineError(
      'protocol',
      sentence(
        'What answers at {0} is not a Docker engine: its answer to {1} could not be read. Check the address.',
        this.#endpoint.host,
        path,
      ),
      { cause },
    );
  }

  async #text(
    response: IncomingMessage,
    signal: AbortSignal | undefined,
    longest = Infinity,
  ): Promise<string> {
    const chunks: Buffer[] = [];
    let length = 0;
    try {
      for await (const chunk of response as AsyncIterable<Buffer>) {
        chunks.push(chunk);
        length += chunk.length;
        if (length > longest) break;
      }
    } catch (error) {
      throw connectionFailure(error, this.#endpoint.host, signal);
    }
    return Buffer.concat(chunks).toString('utf8');
  }
}

/** docker-modem lets `DOCKER_HOST` win over what it is told, so it must not see it while it is made. */
function bareModem({ protocol, host, port, agent }: Dialer): Modem {
  const hidden = process.env['DOCKER_HOST'];
  delete process.env['DOCKER_HOST'];
  try {
    const modem = new Docker({ protocol, host, port, agent } as Docker.DockerOptions)
      .modem as object as Modem;
    modem.buildRequest = (options, _, body, callback) => sendRequest(protocol, options, body, callback);
    return modem;
  } finally {
    if (hidden !== undefined) process.env['DOCKER_HOST'] = hidden;
  }
}

function abortable<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(cancelled());
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

function isResponse(answer: unknown): answer is IncomingMessage {
  return typeof answer === 'object' && answer !== null && 'statusCode' in answer;
}

/** The page of a proxy or a network's login. Every answer of an engine tells its version of the API. */
function isWebPage({ headers }: IncomingMessage): boolean {
  return headers['api-version'] === undefined && /^text\/html\b/.test(headers['content-type'] ?? '');
}

function withoutUndefined(query: NonNullable<Call['query']>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined));
}

/** The text of `{"message": …}`; the whole body where it is something else. */
function messageOf(text: string): string {
  try {
    const parsed = JSON.parse(text) as { message?: unknown } | null;
    if (typeof parsed?.message === 'string') return parsed.message.trim();
  } catch {
    // Not JSON: a proxy or another server answered; its own words are the best there is.
  }
  return text.trim();
}
