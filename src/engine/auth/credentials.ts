import {
  parseConfigFile,
  readConfigFile,
  type DockerConfigFile,
  type StoredAuth,
} from '../endpoint/configFile';
import { configFolder, type Surroundings } from '../endpoint/surroundings';
import { record } from '../wire/read';
import { defaultHelper, helperGet, helperList } from './helpers';
import { hostnameOf } from './server';

/** What a registry is told, in the engine's own field names and in the order the CLI writes them. */
export interface Credentials {
  readonly username?: string;
  readonly password?: string;
  readonly email?: string;
  readonly serveraddress?: string;
  readonly identitytoken?: string;
  readonly registrytoken?: string;
}

/** How a helper says that its secret is an identity token. */
export const tokenUser = '<token>';

/** `user:password` in base64, split at the first colon; some writers pad the password with NULs. */
function decodeAuth(auth: string): { username: string; password: string } | undefined {
  const decoded = Buffer.from(auth, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon < 1) return undefined;
  return { username: decoded.slice(0, colon), password: trimNuls(decoded.slice(colon + 1)) };
}

function trimNuls(padded: string): string {
  let start = 0;
  let end = padded.length;
  while (start < end && padded[start] === '\0') start++;
  while (end > start && padded[end - 1] === '\0') end--;
  return padded.slice(start, end);
}

/** In the CLI's order, without what is empty. */
function tidy(
  key: string,
  { username, password, email, identitytoken, registrytoken }: Credentials,
): Credentials {
  return {
    ...(username && { username }),
    ...(password && { password }),
    ...(email && { email }),
    serveraddress: key,
    ...(identitytoken && { identitytoken }),
    ...(registrytoken && { registrytoken }),
  };
}

function fromFile(key: string, { auth, ...stored }: StoredAuth): Credentials {
  return tidy(key, { ...stored, ...(auth === undefined ? {} : decodeAuth(auth)) });
}

/** The file's own entry, also under one of the keys that older CLIs wrote (`https://host/v1/`). */
function inFile(auths: ReadonlyMap<string, StoredAuth>, server: string): Credentials | undefined {
  const exact = auths.get(server);
  if (exact) return fromFile(server, exact);
  const old = [...auths].find(([key]) => hostnameOf(key) === server);
  return old && fromFile(...old);
}

async function inHelper(
  name: string,
  server: string,
  auths: ReadonlyMap<string, StoredAuth>,
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<Credentials | undefined> {
  const found = await helperGet(name, server, surroundings, signal);
  if (!found) return undefined;
  const secret =
    found.username === tokenUser
      ? { identitytoken: found.secret }
      : { username: found.username, password: found.secret };
  const { email } = inFile(auths, server) ?? {};
  return tidy(server, { email, ...secret });
}

/**
 * The `DOCKER_AUTH_CONFIG` of CI systems: `{"auths":{"server":{"auth":"…"}}}`. One that is malformed counts as not
 * set, as it does for the CLI.
 */
function environmentAuths({ env }: Surroundings): ReadonlyMap<string, StoredAuth> {
  try {
    return parseConfigFile(record(JSON.parse(env['DOCKER_AUTH_CONFIG'] || '{}'))).auths;
  } catch {
    return new Map();
  }
}

/**
 * The helper that keeps a server's credentials; `undefined` is the file. Without any credentials and any helper in the
 * file, the platform's own helper is used where it is installed (docker/cli `credentials.DetectDefaultStore`).
 */
export async function helperFor(
  server: string,
  { credHelpers, credsStore, auths }: DockerConfigFile,
  surroundings: Surroundings,
): Promise<string | undefined> {
  const own = credHelpers.get(server);
  if (own !== undefined) return own || undefined;
  if (credsStore !== undefined) return credsStore;
  if (auths.size > 0 || credHelpers.size > 0) return undefined;
  return defaultHelper(surroundings);
}

/**
 * What is stored for one server (a key as `serverOf` makes it): `DOCKER_AUTH_CONFIG`, else the server's helper or the
 * common one, else the file (docker/cli `cli/config/configfile/file.go`). `undefined` when nobody has anything.
 */
export async function credentialsFor(
  server: string,
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<Credentials | undefined> {
  const given = environmentAuths(surroundings).get(server);
  if (given) return fromFile(server, given);
  const config = await readConfigFile(configFolder(surroundings), signal);
  const helper = await helperFor(server, config, surroundings);
  if (helper === undefined) return inFile(config.auths, server);
  return inHelper(helper, server, config.auths, surroundings, signal);
}

/**
 * Everything that is stored, by server: what a build is given, because its `FROM` lines may name any registry. A helper
 * of one registry that fails costs that registry alone.
 */
export async function allCredentials(
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Credentials>> {
  const config = await readConfigFile(configFolder(surroundings), signal);
  const all = new Map<string, Credentials>();
  const helper = await helperFor('', config, surroundings);
  if (helper === undefined) {
    for (const [key, stored] of config.auths) all.set(key, fromFile(key, stored));
  } else {
    for (const key of await helperList(helper, surroundings, signal)) {
      const found = await inHelper(helper, key, config.auths, surroundings, signal);
      if (found) all.set(key, found);
    }
  }
  for (const key of config.credHelpers.keys()) {
    try {
      // Like the CLI, also a helper that keeps nothing for its registry is named.
      all.set(key, (await credentialsFor(key, surroundings, signal)) ?? {});
    } catch (error) {
      if (signal?.aborted) throw error;
    }
  }
  for (const [key, stored] of environmentAuths(surroundings)) all.set(key, fromFile(key, stored));
  return all;
}
