import { EngineError } from '../errors';
import { texts } from '../wire/read';
import type { RegistryClient } from './client';
import { nextPath } from './pages';

/** One page of repositories, in the registry's order. */
export interface CatalogPage {
  readonly names: readonly string[];
  /** What `listRepositories` takes to go on; absent on the last page. */
  readonly next?: string;
}

const PAGE = 100;
const NAME = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/;

/**
 * The repositories of a registry, 100 at a time (`GET /v2/_catalog`); `undefined` where it does not list them, as most
 * public registries do not. Rejects as `RegistryClient` does.
 */
export async function listRepositories(
  client: RegistryClient,
  from?: string,
  signal?: AbortSignal,
): Promise<CatalogPage | undefined> {
  const path = from ?? `_catalog?n=${PAGE}`;
  try {
    const { json, answer } = await client.json({ path, scope: 'registry:catalog:*' }, signal);
    if (!Array.isArray(json['repositories'])) return undefined;
    const names = texts(json['repositories']).filter((name) => name.length <= 255 && NAME.test(name));
    const next = names.length === 0 ? undefined : nextPath(answer);
    return { names, ...(next !== undefined && next !== path && { next }) };
  } catch (error) {
    if (!(error instanceof EngineError) || !REFUSED.has(error.status ?? 0)) throw error;
    // One that lets us in and refuses this list has said that it does not give it.
    await client.ping(signal);
    return undefined;
  }
}

const REFUSED: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 501]);
