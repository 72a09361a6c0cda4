import type { Engine } from '../engine';
import { EngineError } from '../errors';
import { parseReference, withDefaultTag } from '../run/reference';
import { digestOf } from './describe';
import type { Registries } from './registries';

/**
 * The digest that a tag has in its registry now. The registry is asked from here, and where it cannot be reached from
 * here by the engine, which may have a network or certificates of its own. Rejects as `RegistryClient` does.
 */
export async function currentDigest(
  engine: Engine,
  registries: Registries,
  reference: string,
  signal?: AbortSignal,
): Promise<string> {
  const { domain, path, tag = 'latest' } = withDefaultTag(parseReference(reference));
  try {
    return await digestOf(await registries.client(domain), path, tag, signal);
  } catch (error) {
    const { kind } = error as EngineError;
    if (kind !== 'tls' && kind !== 'unreachable' && kind !== 'protocol') throw error;
    // What it says is only of use where it knows better.
    return engine.images.remoteDigest(reference, signal).catch(() => Promise.reject(error as Error));
  }
}
