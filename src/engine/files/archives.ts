import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { cancelled, type EngineError } from '../errors';
import { containerPath } from '../paths';
import type { Requests } from '../requests';
import { archiveFailure, isKind } from './archiveFailure';
import { openDirect, type Reach } from './direct/direct';
import { parsePathStat, type PathStat } from './pathStat';
import type { Upload } from './upload';

/** ms that a cancelled upload gets to end in good order, so that the engine lets go of the container. */
const GRACE = 3000;

/** One container of one engine, and its files as the engine's three requests give them (`/containers/{id}/archive`). */
export class Archives {
  readonly id: string;
  readonly #requests: Requests;
  readonly #reach: Reach | undefined;

  constructor(requests: Requests, id: string, reach?: Reach) {
    this.#requests = requests;
    this.#reach = reach;
    this.id = id;
  }

  /** The path itself, links on the way followed, one at its end only when a slash is behind it. `notFound`. */
  async stat(path: string, signal?: AbortSignal): Promise<PathStat> {
    try {
      return await this.#head(path, signal);
    } catch (error) {
      if (!isKind(error, 'notFound', 'unknown', 'invalid')) throw error;
      // An answer to HEAD has no text that says what is wrong; the answer to GET has.
      const { stat, body } = await this.open(path, signal);
      body.destroy();
      return stat;
    }
  }

  /** As `stat`; `undefined` for whatever the engine cannot find or look at, as `docker cp` takes it. */
  async statIfThere(path: string, signal?: AbortSignal): Promise<PathStat | undefined> {
    try {
      return await this.#head(path, signal);
    } catch (error) {
      if (isKind(error, 'cancelled', 'unreachable', 'tls', 'denied', 'protocol', 'tooOld')) throw error;
      return undefined;
    }
  }

  /** An archive of the path. The container is locked until the body is read to its end or destroyed (moby#29058). */
  async open(path: string, signal?: AbortSignal): Promise<{ stat: PathStat; body: IncomingMessage }> {
    let body: IncomingMessage;
    try {
      body = await this.#requests.stream('GET', this.#path(), { query: { path }, signal });
    } catch (error) {
      throw archiveFailure(error, path);
    }
    try {
      return { stat: parsePathStat(body.headers), body };
    } catch (error) {
      body.destroy();
      throw error;
    }
  }

  /**
   * As `open`, for who takes piece after piece and keeps none: past the usual way where that is to be had, because a large
   * archive costs much less there. The body has to be read to its end or closed with `return`.
   */
  async openPassing(
    path: string,
    signal?: AbortSignal,
  ): Promise<{ stat: PathStat; body: AsyncIterable<Buffer> | Readable }> {
    const query = `?path=${encodeURIComponent(path)}`;
    const found =
      this.#reach && (await openDirect(this.#reach, this.#requests, this.#path() + query, signal));
    if (!found) return this.open(path, signal);
    try {
      return { stat: parsePathStat(found.headers), body: found.body };
    } catch (error) {
      await found.body.return();
      throw error;
    }
  }

  /**
   * Unpack an archive into the existing directory. Resolves when the engine has done so and let go of the container.
   * `containerUser`: everything belongs to the user the container runs as, instead of to the owners in the archive.
   */
  async unpack(
    directory: string,
    upload: Upload | Buffer,
    options: { readonly containerUser?: boolean | undefined } = {},
    signal?: AbortSignal,
  ): Promise<void> {
    const giveUp = new AbortController();
    let grace: NodeJS.Timeout | undefined;
    const abort = (): void => {
      grace = setTimeout(() => giveUp.abort(), GRACE);
    };
    if (isAborted(signal)) throw cancelled();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      await this.#put(directory, Buffer.isBuffer(upload) ? upload : upload.stream, options, giveUp.signal);
    } catch (error) {
      // Ends a body that the engine did not want to hear to its end.
      giveUp.abort();
      throw failureOf(upload) ?? (isAborted(signal) ? cancelled(error) : archiveFailure(error, directory));
    } finally {
      clearTimeout(grace);
      signal?.removeEventListener('abort', abort);
      if (!Buffer.isBuffer(upload)) upload.stream.destroy();
    }
    const failure = failureOf(upload);
    if (failure) throw failure;
  }

  async #head(path: string, signal?: AbortSignal): Promise<PathStat> {
    const { headers } = await this.#requests.head('HEAD', this.#path(), { query: { path }, signal });
    return parsePathStat(headers);
  }

  async #put(
    path: string,
    upload: Upload['stream'] | Buffer,
    { containerUser }: { readonly containerUser?: boolean | undefined },
    signal: AbortSignal,
  ): Promise<void> {
    const query = {
      path,
      noOverwriteDirNonDir: 'true',
      copyUIDGID: containerUser === true ? 'true' : undefined,
    };
    (await this.#requests.stream('PUT', this.#path(), { query, upload, signal })).resume();
  }

  #path(): string {
    return containerPath(this.id, 'archive');
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function failureOf(upload: Upload | Buffer): EngineError | undefined {
  return Buffer.isBuffer(upload) ? undefined : upload.failure;
}
