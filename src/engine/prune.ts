import type { Containers } from './containers';
import { CONTAINERS } from './model/kinds';
import { EngineError, sentence, toEngineError } from './errors';
import type { Images } from './images';
import type { Networks } from './networks';
import type { Requests } from './requests';
import type { System } from './system';
import type { Volumes } from './volumes';
import type { BuildCacheUsage } from './wire/diskUsage';
import { list, number, record, text, texts } from './wire/read';
import { isPredefined } from './wire/network';
import { isAnonymous } from './wire/volume';

export type PruneKind = 'containers' | 'images' | 'volumes' | 'networks' | 'buildCache';

/** Something a prune would remove; `bytes` of disk it gives back (0 where the engine cannot tell). */
export interface Victim {
  readonly kind: PruneKind;
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
}

export interface Receipt {
  readonly removed: readonly Victim[];
  readonly refused: readonly { readonly victim: Victim; readonly error: EngineError }[];
}

/** States of a container that a prune removes. */
const STOPPED: ReadonlySet<string> = new Set(['created', 'exited', 'dead']);

/**
 * Prune as a plan: the engine's own prune has no dry run, so what it would remove is computed, shown, and then removed
 * by exact id. Nothing goes that was not in the plan. Rules: moby `daemon/prune.go`, `daemon/images/image_prune.go`.
 */
export class Prune {
  readonly #requests: Requests;
  readonly #system: System;
  readonly #remove: Readonly<Record<PruneKind, (victim: Victim, signal?: AbortSignal) => Promise<unknown>>>;

  constructor(
    requests: Requests,
    verbs: { containers: Containers; images: Images; volumes: Volumes; networks: Networks; system: System },
  ) {
    this.#requests = requests;
    this.#system = verbs.system;
    this.#remove = {
      containers: ({ id }, signal) => verbs.containers.remove(id, {}, signal),
      images: ({ id }, signal) => verbs.images.removeUnused(id, signal),
      volumes: ({ id }, signal) => verbs.volumes.remove(id, {}, signal),
      networks: ({ id }, signal) => verbs.networks.remove(id, signal),
      buildCache: async ({ id }, signal) => {
        const query = { all: true, filters: { id: [id] } };
        const answer = record(await requests.json('POST', '/build/prune', { query, signal }));
        if (!texts(answer['CachesDeleted']).includes(id)) throw cacheKept();
      },
    };
  }

  /**
   * What would go: stopped containers; dangling images (`all`: every image no container uses); anonymous volumes no
   * container uses (`all`: named ones too); networks without a container; build cache not in use.
   */
  async plan(
    kind: PruneKind,
    options: { all?: boolean } = {},
    signal?: AbortSignal,
  ): Promise<readonly Victim[]> {
    switch (kind) {
      case 'containers':
        return this.#containers(signal);
      case 'images':
        return (await this.#system.diskUsage({ only: 'image' }, signal)).images.items
          .filter(({ containers, tags }) => containers === 0 && (options.all === true || tags.length === 0))
          .map(({ id, tags, size, shared }) => ({
            kind,
            id,
            name: tags.join(', ') || shortId(id),
            bytes: size - shared,
          }));
      case 'volumes':
        return (await this.#system.diskUsage({ only: 'volume' }, signal)).volumes.items
          .filter(
            (volume) =>
              volume.containers === 0 && (options.all === true || isAnonymous(volume.name, volume.labels)),
          )
          .map(({ name, size }) => ({ kind, id: name, name, bytes: Math.max(0, size) }));
      case 'networks':
        return this.#networks(signal);
      case 'buildCache':
        return childrenFirst(await this.#cache(signal))
          .filter((cache) => !cache.inUse)
          .map(({ id, description, size, shared }) => ({
            kind,
            id,
            name: description || id,
            bytes: shared ? 0 : size,
          }));
    }
  }

  /** Remove exactly these, one after another; what the engine refuses is told, and the rest goes on. */
  async remove(
    victims: readonly Victim[],
    onEach: (victim: Victim) => void,
    signal?: AbortSignal,
  ): Promise<Receipt> {
    const removed: Victim[] = [];
    let refused: { victim: Victim; error: EngineError }[] = [];
    const attempt = async (victim: Victim): Promise<void> => {
      try {
        await this.#remove[victim.kind](victim, signal);
        removed.push(victim);
      } catch (error) {
        refused.push({ victim, error: toEngineError(error) });
      }
    };
    for (const victim of victims) {
      await attempt(victim);
      if (signal?.aborted === true) return { removed, refused };
      onEach(victim);
    }
    // The builder lets go of a part a moment after what was made on top of it has gone.
    for (let left = Infinity; ;) {
      const again = refused.filter(({ victim }) => victim.kind === 'buildCache');
      if (again.length === 0 || again.length >= left || signal?.aborted === true) break;
      left = again.length;
      refused = refused.filter((one) => !again.includes(one));
      for (const { victim } of again) await attempt(victim);
    }
    return { removed, refused };
  }

  async #cache(signal?: AbortSignal): Promise<readonly BuildCacheUsage[]> {
    return (await this.#system.diskUsage({ only: 'build-cache' }, signal)).buildCache.items;
  }

  /** Found by their state first: sizes are counted for those alone, and not every engine filters by each state. */
  async #containers(signal?: AbortSignal): Promise<readonly Victim[]> {
    const stopped = (await CONTAINERS.list(this.#requests, signal)).filter(({ state }) => STOPPED.has(state));
    if (stopped.length === 0) return [];
    const query = { all: true, size: true, filters: { id: stopped.map(({ id }) => id) } };
    const answer = list(await this.#requests.json('GET', '/containers/json', { query, signal })).map(record);
    const sizes = new Map(answer.map((item) => [text(item['Id']), number(item['SizeRw'])]));
    return stopped.map(({ id, name }) => ({ kind: 'containers', id, name, bytes: sizes.get(id) ?? 0 }));
  }

  async #networks(signal?: AbortSignal): Promise<readonly Victim[]> {
    const query = { filters: { dangling: ['true'], type: ['custom'] } };
    const answer = await this.#requests.json('GET', '/networks', { query, signal });
    return list(answer)
      .map(record)
      .filter((item) => !isPredefined(text(item['Name'])) && text(item['Scope']) === 'local')
      .map((item) => ({ kind: 'networks', id: text(item['Id']), name: text(item['Name']), bytes: 0 }));
  }
}

/** In the order in which they can be removed: nothing before what was made on top of it. */
export function childrenFirst<T extends Pick<BuildCacheUsage, 'id' | 'parents'>>(caches: readonly T[]): T[] {
  const byId = new Map(caches.map((cache) => [cache.id, cache]));
  const depths = new Map<string, number>();
  const depthOf = (cache: T): number => {
    const known = depths.get(cache.id);
    if (known !== undefined) return known;
    // Whatever comes back to itself ends here.
    depths.set(cache.id, 0);
    const above = cache.parents.map((id) => byId.get(id)).filter((parent) => parent !== undefined);
    const depth = 1 + Math.max(0, ...above.map(depthOf));
    depths.set(cache.id, depth);
    return depth;
  };
  return [...caches].sort((a, b) => depthOf(b) - depthOf(a));
}

function cacheKept(): EngineError {
  return new EngineError(
    'conflict',
    sentence('The engine keeps this part of the build cache: a build, or another part, needs it.'),
  );
}

function shortId(id: string): string {
  return id.replace(/^[^:]*:/, '').slice(0, 12);
}
