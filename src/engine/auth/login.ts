import { configPath, parseConfigFile, readConfigJson } from '../endpoint/configFile';
import { configFolder, type Surroundings } from '../endpoint/surroundings';
import { EngineError, sentence } from '../errors';
import type { Requests } from '../requests';
import { record, text } from '../wire/read';
import { updateConfigFile, type ConfigJson } from './configWriter';
import { helperFor, tokenUser } from './credentials';
import { helperErase, helperStore } from './helpers';
import { dockerHub, hostnameOf, serverAddress, webLoginKeys } from './server';

export interface Login {
  /** As a person types it; nothing is Docker Hub. */
  readonly registry?: string;
  readonly username: string;
  /** A password or an access token. */
  readonly password: string;
}

/** Where credentials went: the helper's name, or the file in which anybody who may read it finds them. */
export type StoredIn = { readonly helper: string } | { readonly file: string };

const people = (server: string) => (server === dockerHub ? 'Docker Hub' : server);

/** The engine asks the registry; the answer is a token to keep in place of the password, where there is one. */
async function ask(
  requests: Requests,
  server: string,
  { username, password }: Login,
  signal?: AbortSignal,
): Promise<string> {
  try {
    const body = { username, password, serveraddress: server };
    return text(record(await requests.json('POST', '/auth', { body, signal }))['IdentityToken']);
  } catch (cause) {
    if (!(cause instanceof EngineError) || cause.kind !== 'denied') throw cause;
    throw new EngineError(
      'denied',
      sentence('{0} refused the user name or the password. Check both and log in again.', people(server)),
      { cause, status: cause.status },
    );
  }
}

/** The helper for the server now, and whether that has to be written down as the common one, as the CLI does. */
async function chooseHelper(server: string, surroundings: Surroundings, signal?: AbortSignal) {
  const config = parseConfigFile(await readConfigJson(configFolder(surroundings), signal));
  const helper = await helperFor(server, config, surroundings);
  const detected = config.credsStore === undefined && !config.credHelpers.has(server);
  return { helper, detected };
}

function setAuth(config: ConfigJson, server: string, entry: object): void {
  // Made from entries: one named __proto__ is an entry like any other.
  config['auths'] = Object.fromEntries([...Object.entries(record(config['auths'])), [server, entry]]);
}

/**
 * Log in: the engine asks the registry (`POST /auth`), then the credentials are kept where the CLI keeps them, so that
 * it is logged in too. Rejects with kind `denied` (refused, or the helper failed), `invalid` (config.json is damaged, no
 * such helper), the engine's own kinds, or `cancelled`; nothing is stored then.
 */
export async function login(
  requests: Requests,
  what: Login,
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<StoredIn> {
  const server = serverAddress(what.registry ?? '');
  const { helper, detected } = await chooseHelper(server, surroundings, signal);
  const identitytoken = await ask(requests, server, what, signal);
  const folder = configFolder(surroundings);
  if (helper === undefined) {
    const password = identitytoken ? '' : what.password;
    const auth = Buffer.from(`${what.username}:${password}`).toString('base64');
    await updateConfigFile(folder, (config) => {
      setAuth(config, server, { auth, ...(identitytoken && { identitytoken }) });
    });
    return { file: configPath(folder) };
  }
  const secret = identitytoken
    ? { username: tokenUser, secret: identitytoken }
    : { username: what.username, secret: what.password };
  await helperStore(helper, server, secret, surroundings, signal);
  await updateConfigFile(folder, (config) => {
    setAuth(config, server, {});
    if (detected) config['credsStore'] = helper;
  });
  return { helper };
}

/**
 * Log out: forget a registry's credentials in the file and in its helper, also under the keys of older CLIs. Answers
 * whether there were any in the file's list. Rejects when the helper fails for every key.
 */
export async function logout(
  registry: string,
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<boolean> {
  const server = serverAddress(registry);
  const folder = configFolder(surroundings);
  const config = parseConfigFile(await readConfigJson(folder, signal));
  const keys =
    server === dockerHub
      ? [server, ...webLoginKeys]
      : [
          ...new Set([
            server,
            `http://${server}`,
            `https://${server}`,
            ...[...config.auths.keys()].filter((key) => hostnameOf(key) === server),
          ]),
        ];
  const known = keys.some((key) => config.auths.has(key));

  const failures: unknown[] = [];
  for (const key of keys) {
    const helper = await helperFor(key, config, surroundings);
    if (helper === undefined) continue;
    await helperErase(helper, key, surroundings, signal).catch((error: unknown) => {
      if (signal?.aborted) throw error;
      failures.push(error);
    });
  }
  if (failures.length === keys.length) throw failures[0];
  await updateConfigFile(folder, (json) => {
    const kept = Object.entries(record(json['auths'])).filter(([key]) => !keys.includes(key));
    if (json['auths'] !== undefined) json['auths'] = Object.fromEntries(kept);
  });
  return known;
}
