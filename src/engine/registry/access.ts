import type { Surroundings } from '../endpoint/surroundings';
import type { Engines } from '../engines';
import type { Access } from './client';
import { insecureRegistries } from './insecure';

/** ms; an engine that takes longer is not waited for. */
const PATIENCE = 3_000;

/**
 * How registries are spoken to: as the shown engines are told to about those without HTTPS, and trusting `certificates`
 * too. An engine that is down has said nothing.
 */
export async function registryAccess(
  { shown }: Engines,
  surroundings: Surroundings,
  certificates: readonly string[],
): Promise<Access> {
  const told = await Promise.all(
    shown.map(async ({ model, system }) => {
      // One that is known to be down would only cost its patience.
      if (model.state.kind === 'unavailable') return undefined;
      const info = await system.info(AbortSignal.timeout(PATIENCE)).catch(() => undefined);
      return info && insecureRegistries(info);
    }),
  );
  return {
    surroundings,
    certificates,
    insecure: (host) => told.some((insecure) => insecure?.(host) ?? false),
  };
}
