import { EngineError } from './errors';
import { containerPath } from './paths';
import type { Call, Requests } from './requests';
import { list, number, record, text, texts, type Json } from './wire/read';

/** `Titles` and `Processes` of `docker top`. */
export interface Processes {
  readonly titles: readonly string[];
  readonly processes: readonly (readonly string[])[];
}

/** What `docker update` can change on a container that exists; sizes in bytes, cpus in billionths of a core. */
export interface ResourceChanges {
  readonly Memory?: number;
  readonly MemorySwap?: number;
  readonly MemoryReservation?: number;
  readonly NanoCpus?: number;
  readonly CpuShares?: number;
  readonly CpusetCpus?: string;
  readonly PidsLimit?: number;
  readonly RestartPolicy?: { readonly Name: string; readonly MaximumRetryCount?: number };
}

/**
 * The verbs on containers. `id` is what the engine resolves: a full id, a unique prefix or a name. Every verb rejects
 * with an `EngineError`; `notFound` when there is no such container. Reference: moby `api/swagger.yaml`, `/containers`.
 */
export class Containers {
  readonly #requests: Requests;

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** The inspect object, exactly as the engine sends it. */
  async inspect(id: string, options: { size?: boolean } = {}, signal?: AbortSignal): Promise<Json> {
    return record(
      await this.#requests.json('GET', containerPath(id, 'json'), { query: { size: options.size }, signal }),
    );
  }

  /**
   * Make a container from a body of `run/createBody`. `warnings` are the engine's own sentences.
   * `conflict` when the name is taken, `notFound` when the image is not on the engine.
   */
  async create(
    request: { readonly query: Readonly<Record<string, string>>; readonly body: unknown },
    signal?: AbortSignal,
  ): Promise<{ id: string; warnings: readonly string[] }> {
    const answer = record(await this.#requests.json('POST', '/containers/create', { ...request, signal }));
    return { id: text(answer['Id']), warnings: texts(answer['Warnings']) };
  }

  /** Start it; one that is paused goes on. Starting a running one is no error (the engine answers 304). */
  async start(id: string, options: { detachKeys?: string } = {}, signal?: AbortSignal): Promise<void> {
    try {
      await this.#post(id, 'start', { query: { ...options }, signal });
    } catch (error) {
      const paused =
        error instanceof EngineError && error.kind === 'conflict' && /paused/.test(String(error.cause));
      if (!paused) throw error;
      await this.unpause(id, signal);
    }
  }

  /** Ask it to stop and kill it after `timeout` seconds (default: its own, or 10). No error when it is stopped. */
  stop(id: string, options: { timeout?: number } = {}, signal?: AbortSignal): Promise<void> {
    return this.#post(id, 'stop', { query: { t: options.timeout }, signal });
  }

  /** Stop it as `stop` does, then start it. */
  restart(id: string, options: { timeout?: number } = {}, signal?: AbortSignal): Promise<void> {
    return this.#post(id, 'restart', { query: { t: options.timeout }, signal });
  }

  /** Freeze its processes. `conflict` when it is not running, or paused already. */
  pause(id: string, signal?: AbortSignal): Promise<void> {
    return this.#post(id, 'pause', { signal });
  }

  unpause(id: string, signal?: AbortSignal): Promise<void> {
    return this.#post(id, 'unpause', { signal });
  }

  /** Send a signal by name or number, `SIGKILL` when none is given. `conflict` when it is not running. */
  kill(id: string, options: { signal?: string } = {}, signal?: AbortSignal): Promise<void> {
    return this.#post(id, 'kill', { query: { signal: options.signal }, signal });
  }

  /** Remove it; `force` kills it first, `volumes` takes its anonymous volumes too. */
  async remove(
    id: string,
    options: { force?: boolean; volumes?: boolean } = {},
    signal?: AbortSignal,
  ): Promise<void> {
    const query = { force: options.force, v: options.volumes };
    await this.#requests.head('DELETE', containerPath(id), { query, signal });
  }

  rename(id: string, name: string, signal?: AbortSignal): Promise<void> {
    return this.#post(id, 'rename', { query: { name }, signal });
  }

  /**
   * Change limits and restart policy of a container while it runs. Answers the engine's warnings. Where memory alone is
   * given and does not fit under the limit of memory and swap that is there, that one becomes twice the memory, as
   * `docker run` sets it; `docker update` is refused then.
   */
  async update(id: string, changes: ResourceChanges, signal?: AbortSignal): Promise<readonly string[]> {
    const body = { ...(await this.#swapFor(id, changes, signal)), ...changes };
    const answer = await this.#requests.json('POST', containerPath(id, 'update'), { body, signal });
    return texts(record(answer)['Warnings']);
  }

  async #swapFor(
    id: string,
    { Memory, MemorySwap }: ResourceChanges,
    signal?: AbortSignal,
  ): Promise<ResourceChanges> {
    if (Memory === undefined || MemorySwap !== undefined) return {};
    const own = number(record((await this.inspect(id, {}, signal))['HostConfig'])['MemorySwap']);
    return own === -1 || own >= Memory ? {} : { MemorySwap: Memory * 2 };
  }

  /** Its processes, as `ps` with `args` (default `-ef`) shows them. `conflict` when it is not running. */
  async top(id: string, options: { args?: string } = {}, signal?: AbortSignal): Promise<Processes> {
    const answer = record(
      await this.#requests.json('GET', containerPath(id, 'top'), {
        query: { ps_args: options.args },
        signal,
      }),
    );
    return { titles: texts(answer['Titles']), processes: list(answer['Processes']).map(texts) };
  }

  /** Tell the terminal of its main process how large the screen is, in characters. */
  resize(id: string, size: { columns: number; rows: number }, signal?: AbortSignal): Promise<void> {
    return this.#post(id, 'resize', { query: { w: size.columns, h: size.rows }, signal });
  }

  /** Wait for its end (or its removal) and answer the exit code. */
  async wait(
    id: string,
    condition: 'not-running' | 'next-exit' | 'removed' = 'not-running',
    signal?: AbortSignal,
  ): Promise<number> {
    const answer = record(
      await this.#requests.json('POST', containerPath(id, 'wait'), { query: { condition }, signal }),
    );
    return number(answer['StatusCode']);
  }

  /** Make an image of its file system. `changes` are Dockerfile instructions. Answers the image's id. */
  async commit(
    id: string,
    options: {
      repository: string;
      tag?: string;
      message?: string;
      author?: string;
      changes?: readonly string[];
      pause?: boolean;
    },
    signal?: AbortSignal,
  ): Promise<string> {
    const query = {
      container: id,
      repo: options.repository,
      tag: options.tag,
      comment: options.message,
      author: options.author,
      changes: options.changes,
      pause: options.pause,
    };
    const answer = record(await this.#requests.json('POST', '/commit', { query, body: {}, signal }));
    return text(answer['Id']);
  }

  /** Its whole file system as a tar stream. The caller drains or destroys it. */
  export(id: string, signal?: AbortSignal): ReturnType<Requests['stream']> {
    return this.#requests.stream('GET', containerPath(id, 'export'), { signal });
  }

  async #post(id: string, verb: string, call: Call): Promise<void> {
    await this.#requests.head('POST', containerPath(id, verb), call);
  }
}
