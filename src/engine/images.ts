import type { IncomingMessage } from 'node:http';
import { pipeline, Transform, type Readable } from 'node:stream';
import { registryHeaders } from './auth/registryAuth';
import type { Surroundings } from './endpoint/surroundings';
import { EngineError, sentence } from './errors';
import { imagePath } from './paths';
import type { Requests } from './requests';
import { familiarName, familiarString, parseReference, withDefaultTag } from './run/reference';
import { messages } from './streams/ndjson';
import { chunks } from './streams/read';
import { TransferProgress, type Progress, type TransferResult } from './streams/progress';
import { transferFailure } from './streams/transferFailure';
import { parseInspectedImage } from './wire/image';
import { list, number, record, text, texts, type Json } from './wire/read';

/** One layer of an image's history, the newest first, as `docker history` shows it. */
export interface HistoryEntry {
  /** Empty for a layer that came with a pulled image. */
  readonly id: string;
  /** ms since 1970. */
  readonly created: number;
  readonly createdBy: string;
  /** Bytes. */
  readonly size: number;
  readonly comment: string;
  readonly tags: readonly string[];
}

export interface Pulled {
  readonly id: string;
  /** `sha256:…` of the manifest; empty when the registry did not tell. */
  readonly digest: string;
  /** As people write it, with its tag. */
  readonly reference: string;
  readonly upToDate: boolean;
  /** Its name was given to another image here while it was pulled: `id` and `digest` are of what was pulled. */
  readonly moved: boolean;
}

/**
 * The verbs on images. `reference` is a name, a tag, a digest or an id, as the engine resolves it. Every verb rejects
 * with an `EngineError`. Reference: moby `api/swagger.yaml`, `/images`.
 */
export class Images {
  readonly #requests: Requests;
  readonly #surroundings: Surroundings;

  constructor(requests: Requests, surroundings: Surroundings) {
    this.#requests = requests;
    this.#surroundings = surroundings;
  }

  /**
   * Pull one image (`latest` when no tag is given). `onProgress` is called for every message of the engine with all
   * layers folded into one fraction. Aborting ends the engine's work too; layers already complete stay with it.
   */
  async pull(
    reference: string,
    options: { platform?: string } = {},
    onProgress: (progress: Progress) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<Pulled> {
    const parsed = withDefaultTag(parseReference(reference));
    const query = {
      fromImage: familiarName(parsed),
      tag: parsed.digest ?? parsed.tag,
      platform: options.platform,
    };
    const headers = await this.#authHeader(reference, signal);
    const stream = await this.#requests.stream('POST', '/images/create', { query, headers, signal });
    const { digest, outcome } = await follow(stream, new TransferProgress('pull'), onProgress, signal).catch(
      transferFailure,
    );
    const name = familiarString(parsed);
    const named = parseInspectedImage(await this.inspect(name, signal));
    // By its digest: somebody else may have given the name to another image meanwhile.
    const pulled =
      digest === undefined
        ? undefined
        : await this.inspect(`${familiarName(parsed)}@${digest}`, signal).then(
            parseInspectedImage,
            () => undefined,
          );
    return {
      id: pulled?.id ?? named.id,
      digest: digest ?? named.digests[0]?.split('@')[1] ?? '',
      reference: name,
      upToDate: outcome === 'upToDate',
      moved: pulled !== undefined && pulled.id !== named.id,
    };
  }

  /** Push a tag to the registry it names. Answers the digest the registry gave it. */
  async push(
    reference: string,
    onProgress: (progress: Progress) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<{ digest: string; reference: string }> {
    const parsed = withDefaultTag(parseReference(reference));
    const headers = await this.#authHeader(reference, signal);
    const path = imagePath(familiarName(parsed), 'push');
    const stream = await this.#requests.stream('POST', path, { query: { tag: parsed.tag }, headers, signal });
    const { digest } = await follow(stream, new TransferProgress('push'), onProgress, signal).catch(
      transferFailure,
    );
    return { digest: digest ?? '', reference: familiarString(parsed) };
  }

  /** The digest that a tag has in its registry now. Podman has no such question. */
  async remoteDigest(reference: string, signal?: AbortSignal): Promise<string> {
    return (await this.distribution(reference, signal)).digest;
  }

  /** What a registry has under a tag now, as the engine sees it (`GET /distribution/{name}/json`). */
  async distribution(
    reference: string,
    signal?: AbortSignal,
  ): Promise<{ digest: string; platforms: readonly { architecture: string; os: string }[] }> {
    const name = familiarString(withDefaultTag(parseReference(reference)));
    const path = `/distribution/${name.split('/').map(encodeURIComponent).join('/')}/json`;
    const headers = await this.#authHeader(reference, signal);
    const answer = record(await this.#requests.json('GET', path, { headers, signal }));
    return {
      digest: text(record(answer['Descriptor'])['digest']),
      platforms: list(answer['Platforms'])
        .map(record)
        .map((platform) => ({ architecture: text(platform['architecture']), os: text(platform['os']) })),
    };
  }

  /** The inspect object, exactly as the engine sends it. */
  async inspect(reference: string, signal?: AbortSignal): Promise<Json> {
    return record(await this.#requests.json('GET', imagePath(reference, 'json'), { signal }));
  }

  /** Its layers, newest first. */
  async history(reference: string, signal?: AbortSignal): Promise<readonly HistoryEntry[]> {
    return list(await this.#requests.json('GET', imagePath(reference, 'history'), { signal })).map(
      (value) => {
        const item = record(value);
        return {
          id: text(item['Id']) === '<missing>' ? '' : text(item['Id']),
          created: number(item['Created']) * 1000,
          createdBy: text(item['CreatedBy']),
          size: number(item['Size']),
          comment: text(item['Comment']),
          tags: texts(item['Tags']),
        };
      },
    );
  }

  /** Give it one more name; `latest` when the new one has no tag. Answers that name with its tag. */
  async tag(reference: string, newReference: string, signal?: AbortSignal): Promise<string> {
    const parsed = withDefaultTag(parseReference(newReference));
    const query = { repo: familiarName(parsed), tag: parsed.tag };
    await this.#requests.head('POST', imagePath(reference, 'tag'), { query, signal });
    return familiarString(parsed);
  }

  /**
   * Remove a tag, and the image with it when that was its last; by id, the image and its tags (more than one only with
   * `force`). Answers what went, in the engine's words `Untagged` and `Deleted`.
   */
  async remove(
    reference: string,
    options: { force?: boolean; noPrune?: boolean } = {},
    signal?: AbortSignal,
  ): Promise<{ untagged: readonly string[]; deleted: readonly string[] }> {
    const query = { force: options.force, noprune: options.noPrune };
    const answer = list(await this.#requests.json('DELETE', imagePath(reference), { query, signal })).map(
      record,
    );
    const all = (key: string): readonly string[] =>
      answer.map((item) => text(item[key])).filter((value) => value !== '');
    return { untagged: all('Untagged'), deleted: all('Deleted') };
  }

  /**
   * Remove an image with all its tags, never by force. A tag that has moved to another image meanwhile is left alone:
   * only what is still `id`'s goes.
   */
  async removeUnused(id: string, signal?: AbortSignal): Promise<void> {
    const { tags, digests } = parseInspectedImage(await this.inspect(id, signal));
    const names = tags.length > 0 ? tags : digests;
    if (names.length < 2) {
      await this.remove(id, {}, signal);
      return;
    }
    for (const name of names) {
      if (parseInspectedImage(await this.inspect(name, signal)).id === id)
        await this.remove(name, {}, signal);
    }
  }

  /** Is it on this engine? */
  async has(reference: string, signal?: AbortSignal): Promise<boolean> {
    try {
      await this.inspect(reference, signal);
      return true;
    } catch (error) {
      if (error instanceof EngineError && error.kind === 'notFound') return false;
      throw error;
    }
  }

  /**
   * Put the images of a tar (`docker save`) into the engine. `expectedBytes` is the file's length. Answers what was
   * loaded: references, and ids of images without one.
   */
  async load(
    tar: Readable,
    options: { expectedBytes?: number } = {},
    onProgress: (progress: Progress) => void = () => undefined,
    signal?: AbortSignal,
  ): Promise<readonly string[]> {
    const progress = new TransferProgress('load', options);
    let sent = 0;
    const counted = new Transform({
      transform(chunk: Buffer, _, done) {
        progress.uploaded((sent += chunk.length));
        done(null, chunk);
      },
    });
    pipeline(tar, counted, () => undefined); // What went wrong is told by the one that is sent.
    try {
      const call = { query: { quiet: false }, upload: counted, signal };
      const stream = await this.#requests.stream('POST', '/images/load', call);
      return (await follow(stream, progress, onProgress, signal)).loaded;
    } catch (error) {
      return archiveFailure(error);
    } finally {
      counted.destroy();
    }
  }

  /** Make an image of a file system in a tar (`docker import`). Answers its id. */
  async import(
    tar: Readable,
    options: { reference?: string; message?: string; changes?: readonly string[]; platform?: string } = {},
    signal?: AbortSignal,
  ): Promise<string> {
    const parsed =
      options.reference === undefined ? undefined : withDefaultTag(parseReference(options.reference));
    const query = {
      fromSrc: '-',
      repo: parsed && familiarName(parsed),
      tag: parsed?.tag,
      message: options.message,
      changes: options.changes,
      platform: options.platform,
    };
    try {
      const call = { query, upload: tar, signal };
      return await lastStatus(await this.#requests.stream('POST', '/images/create', call), signal);
    } catch (error) {
      return archiveFailure(error);
    } finally {
      tar.destroy();
    }
  }

  /** The images with their layers, tags kept, as a tar stream (`docker save`). The caller drains or destroys it. */
  save(references: readonly string[], signal?: AbortSignal): ReturnType<Requests['stream']> {
    return this.#requests.stream('GET', '/images/get', { query: { names: references }, signal });
  }

  /** The stored login, else none: an image may be public, and a push is refused by its registry in clear words. */
  #authHeader(reference: string, signal?: AbortSignal): Promise<Record<string, string>> {
    return registryHeaders(reference, this.#surroundings, signal);
  }
}

async function lastStatus(stream: IncomingMessage, signal?: AbortSignal): Promise<string> {
  let last = '';
  for await (const message of messages(chunks(stream, signal))) last = text(message['status']) || last;
  return last;
}

/** Rethrows what a load or an import failed with: some engines say no more of an archive that is cut than that it ended. */
function archiveFailure(error: unknown): never {
  if (
    error instanceof EngineError &&
    /unexpected EOF$/.test(String((error.cause as Error | undefined)?.message))
  )
    throw new EngineError(
      'invalid',
      sentence('The archive ends too early. Copy or save it anew, then retry.'),
      {
        cause: error.cause,
      },
    );
  throw error;
}

/** Read a transfer to its end. What sends no message at all is no engine: a push of nothing still says so. */
async function follow(
  stream: IncomingMessage,
  progress: TransferProgress,
  onProgress: (progress: Progress) => void,
  signal?: AbortSignal,
): Promise<TransferResult> {
  let silent = true;
  for await (const message of messages(chunks(stream, signal))) {
    silent = false;
    progress.add(message);
    onProgress(progress.progress());
  }
  if (silent)
    throw new EngineError('protocol', sentence('The engine’s answer could not be read. Check its address.'));
  progress.finish();
  onProgress(progress.progress());
  return progress.result();
}
