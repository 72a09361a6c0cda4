import { inject } from 'vitest';
import type { ImageSpec } from '../../scripts/rig/images.mjs';
import { pushImage } from '../../scripts/rig/registry.mjs';

const found = inject('registry');

/** Why tests that pull are skipped; `undefined` when they are not. */
export const noRegistry = found ? undefined : 'docker-registry and busybox-static are not installed here';

/** The name of an image in the registry of this run, such as `localhost:5000/diamol/base`. */
export function inRegistry(repository: string): string {
  if (!found) throw new Error(noRegistry);
  return `${found.address}/${repository}`;
}

/** Puts one more image into it; answers with the name to pull it by. @public */
export function push(repository: string, image: ImageSpec, tag = 'latest'): Promise<string> {
  if (!found) throw new Error(noRegistry);
  return pushImage(found, repository, image, tag);
}
