import type { Engines } from '../../engine/engines';
import { IMAGES } from '../../engine/model/kinds';
import { repositoryOf } from '../nodes';

/** ms; a list that takes longer is done without. */
const PATIENCE = 5_000;

/** The repositories of the images that the shown engines have, as in their names; of an engine that is down, none. */
export async function localRepositories({ shown }: Engines): Promise<readonly string[]> {
  const lists = await Promise.all(
    shown.map(async ({ model, requests }) => {
      if (model.images.loaded) return [...model.images.items.values()];
      return IMAGES.list(requests, AbortSignal.timeout(PATIENCE)).catch(() => []);
    }),
  );
  const names = lists.flat().flatMap(({ tags, digests }) => [
    // One that was pulled or pushed has its registry's digest, also after its tag has moved on.
    ...digests.map((digest) => digest.split('@')[0] ?? ''),
    // What was only built here has no registry in its name, and would be looked for in vain on Docker Hub.
    ...tags.map(repositoryOf).filter((name) => /^[^/]*[.:][^/]*\/|^localhost\//.test(name)),
  ]);
  return [...new Set(names)].filter((name) => name !== '' && name !== '<none>').sort();
}
