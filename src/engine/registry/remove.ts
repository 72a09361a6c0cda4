import { EngineError, sentence } from '../errors';
import { registryTitle } from './address';
import type { RegistryClient } from './client';
import { digestOf } from './describe';

/**
 * Remove a tag from a registry. The protocol removes an image by its digest, and with it every tag that names it: so the
 * digest is asked for anew, and it must still be `digest`, which the caller has named to the user. Rejects with kind
 * `conflict` when the tag has moved, `invalid` when the registry does not let anybody remove, and as `RegistryClient`.
 */
export async function removeImage(
  client: RegistryClient,
  repository: string,
  tag: string,
  digest: string,
  signal?: AbortSignal,
): Promise<void> {
  if ((await digestOf(client, repository, tag, signal)) !== digest) {
    throw new EngineError(
      'conflict',
      sentence(
        '{0}:{1} names another image now, so nothing was removed. Refresh the view, then try again.',
        repository,
        tag,
      ),
    );
  }
  const call = {
    method: 'DELETE',
    path: `${repository}/manifests/${digest}`,
    scope: `repository:${repository}:pull,delete`,
  } as const;
  await client.send(call, signal).catch((error: unknown) => {
    if (!(error instanceof EngineError) || !NOT_ALLOWED.has(error.status ?? 0)) throw error;
    throw new EngineError(
      'invalid',
      sentence(
        '{0} does not let tags be deleted this way. Delete it on the registry’s own page, or let who runs it allow deletion.',
        registryTitle(client.host),
      ),
      { cause: error, status: error.status },
    );
  });
}

const NOT_ALLOWED: ReadonlySet<number> = new Set([400, 405, 501]);
