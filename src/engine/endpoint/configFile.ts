import { join } from 'node:path';
import { EngineError, sentence } from '../errors';
import { record, text, type Json } from '../wire/read';
import { readIfThere } from './readFile';

/** One registry's entry under `auths`, as it stands in the file; `auth` is base64 of `user:password`. */
export interface StoredAuth {
  readonly auth?: string;
  readonly username?: string;
  readonly password?: string;
  readonly email?: string;
  readonly identitytoken?: string;
  readonly registrytoken?: string;
}

/** The proxies that new containers and builds get, per engine address or `default`. */
export interface ProxyConfig {
  readonly httpProxy?: string;
  readonly httpsProxy?: string;
  readonly noProxy?: string;
  readonly ftpProxy?: string;
  readonly allProxy?: string;
}

/** What Quayside uses of the CLI's config.json (docker/cli `cli/config/configfile/file.go`). */
export interface DockerConfigFile {
  readonly auths: ReadonlyMap<string, StoredAuth>;
  /** The helper for every registry: `desktop` means the program `docker-credential-desktop`. */
  readonly credsStore: string | undefined;
  /** The helper per registry; an empty name means the file itself. */
  readonly credHelpers: ReadonlyMap<string, string>;
  readonly proxies: ReadonlyMap<string, ProxyConfig>;
  readonly httpHeaders: ReadonlyMap<string, string>;
  readonly detachKeys: string | undefined;
  readonly currentContext: string | undefined;
}

const textOf = (value: unknown) => text(value) || undefined;

/** An object's entries that `read` accepts, as a map: a key named `__proto__` is a key like any other. */
function entriesOf<T>(value: unknown, read: (value: unknown) => T | undefined): ReadonlyMap<string, T> {
  const entries = Object.entries(record(value)).map(([key, item]) => [key, read(item)] as const);
  return new Map(entries.filter((entry): entry is readonly [string, T] => entry[1] !== undefined));
}

/** The given fields, those that are strings. */
function pick<K extends string>(value: unknown, keys: readonly K[]): { readonly [key in K]?: string } {
  const object = record(value);
  const found: { [key in K]?: string } = {};
  for (const key of keys) {
    const item = textOf(object[key]);
    if (item !== undefined) found[key] = item;
  }
  return found;
}

const authFields = ['auth', 'username', 'password', 'email', 'identitytoken', 'registrytoken'] as const;
const proxyFields = ['httpProxy', 'httpsProxy', 'noProxy', 'ftpProxy', 'allProxy'] as const;

/** config.json's typed fields; one that is malformed reads as absent. */
export function parseConfigFile(json: Json): DockerConfigFile {
  return {
    auths: entriesOf(json['auths'], (value) => pick(value, authFields)),
    credsStore: textOf(json['credsStore']),
    credHelpers: entriesOf(json['credHelpers'], (value) => (typeof value === 'string' ? value : undefined)),
    proxies: entriesOf(json['proxies'], (value) => pick(value, proxyFields)),
    httpHeaders: entriesOf(json['HttpHeaders'], textOf),
    detachKeys: textOf(json['detachKeys']),
    currentContext: textOf(json['currentContext']),
  };
}

/** Where config.json is, given the folder of `configFolder`. */
export const configPath = (folder: string): string => join(folder, 'config.json');

/**
 * Everything that stands in config.json, also what we do not know; empty when there is no such file. Rejects with
 * kind `invalid` when it is not a JSON object, `denied` when it cannot be read.
 */
export async function readConfigJson(folder: string, signal?: AbortSignal): Promise<Json> {
  const path = configPath(folder);
  const bytes = await readIfThere(path, 'denied', signal);
  const content = bytes?.toString('utf8').replace(/^\uFEFF/, '') ?? '';
  if (content.trim() === '') return {};
  let cause: unknown;
  try {
    const json: unknown = JSON.parse(content);
    if (json === record(json)) return record(json);
  } catch {
    // JSON.parse quotes what it stumbled over, and this file holds passwords: its message stays out of the cause.
    cause = new SyntaxError(`${path} is not valid JSON`);
  }
  throw new EngineError(
    'invalid',
    sentence("Docker's configuration file {0} is not a JSON object. Correct it or move it away.", path),
    { cause },
  );
}

/** config.json, typed; see `readConfigJson` for its errors. */
export async function readConfigFile(folder: string, signal?: AbortSignal): Promise<DockerConfigFile> {
  return parseConfigFile(await readConfigJson(folder, signal));
}
