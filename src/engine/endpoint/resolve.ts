import { isAbsolute, join, win32 } from 'node:path';
import { EngineError, sentence } from '../errors';
import { formatAddress, parseAddress } from './address';
import { readConfigFile } from './configFile';
import { contextsFolder, readContext } from './contexts';
import type { Endpoint } from './endpoint';
import { defaultHost, findSockets } from './sockets';
import { configFolder, type Surroundings } from './surroundings';
import { readCertPath, readTlsFolder } from './tls';

/** Everything that has a say in which engine is meant. */
export interface EndpointOptions extends Surroundings {
  /** `quayside.host`: an address, a socket's path, or the name of a context. */
  readonly setting?: string | undefined;
}

/** Who decides, and what they said. */
export type Choice = { readonly source: Endpoint['source'] } & (
  { readonly host: string } | { readonly context: string }
);

/** The name of the context that stands for "no stored context". */
export const defaultContext = 'default';

/** A context's name can hold neither a colon nor a slash. */
const isAddress = (setting: string) =>
  setting.includes(':') || isAbsolute(setting) || win32.isAbsolute(setting);

/** The setting as an address: also a bare socket path or pipe name, which people paste. */
function settingAddress(setting: string): string {
  if (setting.startsWith('\\\\')) return `npipe://${setting.replaceAll('\\', '/')}`;
  return isAbsolute(setting) ? `unix://${setting}` : setting;
}

/**
 * Which of setting, `DOCKER_HOST`, `DOCKER_CONTEXT` and config.json's `currentContext` decides, in that order
 * (docker/cli `cli/command/cli.go`, `resolveContextName`). config.json is read only when nothing before it decides.
 */
export async function chooseEndpoint(options: EndpointOptions, signal?: AbortSignal): Promise<Choice> {
  const { env } = options;
  const setting = options.setting?.trim();
  if (setting) {
    const source = 'setting';
    return isAddress(setting) ? { source, host: settingAddress(setting) } : { source, context: setting };
  }
  if (env['DOCKER_HOST']) return { source: 'DOCKER_HOST', host: env['DOCKER_HOST'] };
  if (env['DOCKER_CONTEXT']) return { source: 'DOCKER_CONTEXT', context: env['DOCKER_CONTEXT'] };
  const { currentContext } = await readConfigFile(configFolder(options), signal);
  if (currentContext) return { source: 'currentContext', context: currentContext };
  return { source: 'default', context: defaultContext };
}

/** To the CLI these are on when they have any value, also `0`. */
const wantsTls = ({ env }: Surroundings) => Boolean(env['DOCKER_TLS_VERIFY'] || env['DOCKER_TLS']);

/** The address of the `default` context: `DOCKER_HOST`, else the first socket there is, else where the CLI would look. */
export async function defaultAddress(surroundings: Surroundings): Promise<string> {
  const host = surroundings.env['DOCKER_HOST']?.trim();
  if (host) return host;
  // With certificates asked for, the CLI's default is no socket but the local TLS port.
  if (wantsTls(surroundings)) return 'tcp://localhost:2376';
  const [found] = await findSockets(surroundings);
  return found?.host ?? defaultHost(surroundings.platform);
}

/** An address that belongs to no stored context, with the environment's certificates where it is a tcp one. */
async function plainEndpoint(
  source: Endpoint['source'],
  host: string,
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<Endpoint> {
  const address = parseAddress(host.trim() || defaultHost(surroundings.platform));
  const endpoint = { source, contextName: defaultContext, host: formatAddress(address) };
  if (address.kind !== 'tcp' || !wantsTls(surroundings)) return endpoint;
  const { env } = surroundings;
  const folder = env['DOCKER_CERT_PATH'] || configFolder(surroundings);
  return { ...endpoint, tls: await readCertPath(folder, Boolean(env['DOCKER_TLS_VERIFY']), signal) };
}

/**
 * The endpoint of a context, stored or `default`. Rejects with kind `notFound` when there is none of that name,
 * `invalid` when its file or its address is none, `tls` when its certificates cannot be used.
 */
export async function contextEndpoint(
  name: string,
  surroundings: Surroundings,
  source: Endpoint['source'] = 'added',
  signal?: AbortSignal,
): Promise<Endpoint> {
  if (name === defaultContext) {
    return plainEndpoint(source, await defaultAddress(surroundings), surroundings, signal);
  }
  const folder = configFolder(surroundings);
  const { host, hasEngine, skipTlsVerify, id } = await readContext(folder, name, signal);
  // The platform's default in its place would be another engine than the one that was meant.
  if (!hasEngine)
    throw new EngineError(
      'invalid',
      sentence('The Docker context "{0}" names no Docker engine. Choose another one.', name),
    );
  const endpoint = { source, contextName: name, host: host || defaultHost(surroundings.platform) };
  // Certificates beside a socket, a pipe or ssh are ignored, also by the CLI.
  if (parseAddress(endpoint.host).kind !== 'tcp') return endpoint;
  const files = await readTlsFolder(
    join(contextsFolder(folder), 'tls', id, 'docker'),
    !skipTlsVerify,
    signal,
  );
  const tls = files ?? (skipTlsVerify ? { verify: false } : undefined);
  return { ...endpoint, ...(tls && { tls }) };
}

/**
 * The engine that is meant: the setting, else `DOCKER_HOST`, `DOCKER_CONTEXT`, config.json's current context, else the
 * first known socket. Nothing is connected. Rejects with kind `notFound` (no such context), `invalid` (an address or a
 * file that is none), `tls` (certificates missing or unreadable), `denied` (a file we may not read) or `cancelled`.
 */
export async function resolveEndpoint(options: EndpointOptions, signal?: AbortSignal): Promise<Endpoint> {
  const choice = await chooseEndpoint(options, signal);
  if ('host' in choice) return plainEndpoint(choice.source, choice.host, options, signal);
  return contextEndpoint(choice.context, options, choice.source, signal);
}
