import type { Surroundings } from '../endpoint/surroundings';
import { allCredentials, credentialsFor } from './credentials';
import { serverOf } from './server';

/** The value of a request header. It holds a password: it belongs into that header and nowhere else. */
export interface AuthHeader {
  readonly header: string;
}

/** base64url of JSON with Go's escapes, so that what is sent is the CLI's to the byte. */
function encode(value: unknown): string {
  const escaped = JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Buffer.from(escaped).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}

/** `X-Registry-Auth` of somebody who is not logged in. A push must send it: engines before 22 refuse one without. */
export const anonymousAuth: AuthHeader = { header: encode({}) };

/**
 * `X-Registry-Auth` for pulling or pushing an image: base64url JSON of `username` and `password`, or `identitytoken`,
 * and `serveraddress`. `undefined` when nothing is stored for its registry. Rejects with kind `invalid` (no image name,
 * config.json damaged, the helper not installed), `denied` (the helper failed) or `cancelled`; a pull may go on without,
 * as the CLI does, for the image may be public.
 */
export async function registryAuth(
  reference: string,
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<AuthHeader | undefined> {
  const found = await credentialsFor(serverOf(reference), surroundings, signal);
  return found && { header: encode(found) };
}

/** `X-Registry-Config` for a build: every stored registry's credentials by server, in the same encoding. */
export async function registryConfig(
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<AuthHeader | undefined> {
  const all = await allCredentials(surroundings, signal);
  const sorted = [...all].sort(([a], [b]) => (a < b ? -1 : 1));
  return all.size === 0 ? undefined : { header: encode(Object.fromEntries(sorted)) };
}

/** The headers of a request about an image: with the login where there is one that can be read, else without. */
export async function registryHeaders(
  reference: string,
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<Record<string, string>> {
  const stored = await registryAuth(reference, surroundings, signal).catch((error: unknown) => {
    if (signal?.aborted === true) throw error;
    return undefined;
  });
  return { 'X-Registry-Auth': (stored ?? anonymousAuth).header };
}
