import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import type { Duplex, Readable } from 'node:stream';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';

/** A query value. Arrays repeat the key; objects are sent as JSON, which is what the engine's `filters` wants. */
export type QueryValue = string | number | boolean | readonly string[] | object | undefined;

export interface Call {
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, chunked when it is a stream; `contentType` says what it is (default `application/x-tar`). */
  readonly upload?: Readable | Buffer;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/**
 * What a verb needs of an engine. Paths start with `/` and carry no version: the negotiated one is put in front
 * (`/_ping`, `docs: api/swagger.yaml` of moby). The first call connects. Every call rejects with an `EngineError`:
 * any status but 200-299 and 304 does, with the engine's own message as cause. Path segments that hold names must be
 * encoded by the caller (`encodeURIComponent`).
 */
export interface Requests {
  /** The API version in use, such as `1.41`; the lower of the engine's and ours. */
  version(signal?: AbortSignal): Promise<string>;
  /** Whether the API version in use is `version` or newer. */
  atLeast(version: string, signal?: AbortSignal): Promise<boolean>;
  /** The parsed JSON body; `undefined` when the engine sent none. */
  json(method: Method, path: string, call?: Call): Promise<unknown>;
  /** Status and headers alone; the body is drained. 304 comes back as a status, not as an error. */
  head(method: Method, path: string, call?: Call): Promise<{ status: number; headers: IncomingHttpHeaders }>;
  /** The body as it arrives. The caller drains or destroys it; aborting the signal destroys it. */
  stream(method: Method, path: string, call?: Call): Promise<IncomingMessage>;
  /** The connection itself, both ways, after `Upgrade: tcp` (attach, exec). `end()` half-closes it. */
  hijack(path: string, call?: Call): Promise<Duplex>;
}
