import { setTimeout as wait } from 'node:timers/promises';
import { EngineError, cancelled } from './errors';
import { parseWhen } from './logs/when';
import type { Call, Requests } from './requests';
import { ndjson } from './streams/ndjson';
import { chunks } from './streams/read';
import { parseDiskUsage, type DiskUsage } from './wire/diskUsage';
import { parseAnyEvent, type AnyEvent } from './wire/event';
import { record, type Json } from './wire/read';

/** ms before an engine that is adding up for somebody else is asked again. */
const BUSY = 200;

/** What the engine says of itself. Reference: moby `api/swagger.yaml`, `/info`, `/version`, `/system/df`. */
export class System {
  readonly #requests: Requests;
  /** The last question of what the disk holds: an engine adds up for one client at a time and refuses the next. */
  #adding: Promise<unknown> = Promise.resolve();

  constructor(requests: Requests) {
    this.#requests = requests;
  }

  /** What `docker version` shows of the server: `Version`, `ApiVersion`, `Components`, `Os`, `Arch` … */
  async version(signal?: AbortSignal): Promise<Json> {
    return record(await this.#requests.json('GET', '/version', { signal }));
  }

  /** What `docker info` shows: `NCPU`, `MemTotal` (bytes), `Driver`, `Warnings`, `Swarm` … */
  async info(signal?: AbortSignal): Promise<Json> {
    return record(await this.#requests.json('GET', '/info', { signal }));
  }

  /**
   * What happens on the engine, as `docker events` tells it: what is remembered since `since` (the engine keeps the last
   * 256), then what comes, up to `until`; without `until` it goes on until the signal, which ends it with kind `cancelled`.
   * Times as `docker events` takes them: a duration back from now, a date, or seconds since 1970. `filters` are those of
   * the API: `{ type: ['container'], event: ['die'], label: [...] }`. Read only as fast as it is consumed.
   */
  async *events(
    options: {
      since?: string;
      until?: string;
      filters?: Readonly<Record<string, readonly string[]>>;
    } = {},
    signal?: AbortSignal,
  ): AsyncGenerator<AnyEvent, void> {
    const { since, until, filters } = options;
    const query = {
      since: since === undefined ? undefined : parseWhen(since),
      until: until === undefined ? undefined : parseWhen(until),
      filters,
    };
    const stream = await this.#requests.stream('GET', '/events', { query, signal });
    for await (const message of ndjson(chunks(stream, signal))) {
      const event = parseAnyEvent(message);
      if (event) yield event;
    }
  }

  /**
   * What images, containers, volumes and build cache take. Slow on a large engine (it walks every volume), so only on
   * demand; `only` spares the rest where the engine can (API 1.42), and leaves the others empty.
   */
  async diskUsage(
    options: { only?: 'image' | 'container' | 'volume' | 'build-cache' } = {},
    signal?: AbortSignal,
  ): Promise<DiskUsage> {
    const query = (await this.#requests.atLeast('1.42', signal)) ? { type: options.only } : {};
    const answer = this.#adding.then(() => this.#whenFree({ query, signal }));
    this.#adding = answer.catch(() => undefined);
    return parseDiskUsage(await answer);
  }

  /** Somebody else's question may be under way. */
  async #whenFree(call: Call): Promise<unknown> {
    for (;;) {
      try {
        return await this.#requests.json('GET', '/system/df', call);
      } catch (error) {
        if (!/disk usage operation is already running/.test(String((error as EngineError).cause)))
          throw error;
        await wait(BUSY, undefined, { signal: call.signal }).catch((reason: unknown) => {
          throw cancelled(reason);
        });
      }
    }
  }
}
