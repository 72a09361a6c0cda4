import http, { type IncomingHttpHeaders } from 'node:http';
import https from 'node:https';
import { EngineError, sentence } from '../errors';
import { reachFailure } from './failures';

/** How a TLS connection is trusted; Node's own names. */
export interface Trust {
  /** PEM, all of them: the system's too. */
  readonly ca?: readonly string[];
  readonly cert?: Buffer;
  readonly key?: Buffer;
  readonly rejectUnauthorized?: boolean;
}

export interface HttpCall {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly trust?: Trust;
  /** Bytes of the longest answer. */
  readonly most?: number;
  /** ms for all of it. */
  readonly deadline?: number;
}

export interface HttpAnswer {
  readonly url: URL;
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

const DEADLINE = 20_000;
const MOST = 4 * 1024 * 1024;

/**
 * One request to a registry, its answer read whole. Rejects with an `EngineError`: `cancelled`, `unreachable` (also for an
 * answer that does not end in time), `tls`, or `protocol` for one that is longer than it may be. Any status is an answer.
 */
export async function ask(url: URL, call: HttpCall = {}, signal?: AbortSignal): Promise<HttpAnswer> {
  const late = AbortSignal.timeout(call.deadline ?? DEADLINE);
  const ended = signal ? AbortSignal.any([signal, late]) : late;
  try {
    return await exchange(url, call, ended);
  } catch (error) {
    throw reachFailure(late.aborted ? late.reason : error, url.host, signal);
  }
}

function exchange(
  url: URL,
  { method = 'GET', headers, body, trust, most = MOST }: HttpCall,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http;
    const length = body === undefined ? {} : { 'Content-Length': String(Buffer.byteLength(body)) };
    const options = {
      method,
      headers: { 'User-Agent': 'Quayside', ...headers, ...length },
      signal,
      ...(url.protocol === 'https:' ? { ...trust, ca: trust?.ca ? [...trust.ca] : undefined } : {}),
    };
    const sent = request(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size <= most) return;
        reject(tooLong(url.host));
        response.destroy();
      });
      response.once('error', reject);
      response.once('end', () =>
        resolve({
          url,
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
      // One that breaks off says so by its end alone.
      response.once('close', () => reject(Object.assign(new Error('broken off'), { code: 'ECONNRESET' })));
    });
    sent.once('error', reject);
    sent.end(body);
  });
}

function tooLong(host: string): EngineError {
  return new EngineError(
    'protocol',
    sentence('{0} answers with more than a registry has to say. Check that it is the address of one.', host),
  );
}

/** The same, following redirects. What proves who we are goes to no other host than it was meant for. */
export async function askOn(url: URL, call: HttpCall, signal?: AbortSignal): Promise<HttpAnswer> {
  let at = url;
  let headers = call.headers;
  for (let hop = 0; ; hop++) {
    // Certificates of a registry's own are its own too.
    const trust = at.host === url.host ? call.trust : undefined;
    const answer = await ask(at, { ...call, headers, trust }, signal);
    const { location } = answer.headers;
    if (![301, 302, 303, 307, 308].includes(answer.status) || location === undefined) return answer;
    const next = URL.canParse(location, at.href) ? new URL(location, at) : undefined;
    const safe = next?.protocol === 'https:' || (next?.protocol === 'http:' && at.protocol === 'http:');
    if (!next || !safe || hop >= MOST_HOPS || call.method === 'POST') throw strayed(url.host);
    if (next.origin !== at.origin) headers = withoutSecrets(headers);
    at = next;
  }
}

const MOST_HOPS = 5;

function withoutSecrets(headers: HttpCall['headers'] = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^authorization$/i.test(name)));
}

function strayed(host: string): EngineError {
  return new EngineError(
    'protocol',
    sentence(
      '{0} leads to another address that is not followed. Check that it is the address of a registry.',
      host,
    ),
  );
}
