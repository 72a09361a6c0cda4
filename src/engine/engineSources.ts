import type { EngineSource, EngineSources } from './engines';
import { storedContexts } from './endpoint/contexts';
import type { Endpoint } from './endpoint/endpoint';
import { chooseEndpoint, contextEndpoint, defaultContext, resolveEndpoint } from './endpoint/resolve';
import { configFolder, type Surroundings } from './endpoint/surroundings';
import { readTlsFolder } from './endpoint/tls';

/** An engine besides the Docker contexts. */
export interface AddedEngine {
  readonly name: string;
  readonly host: string;
  /** Encrypted; `certPath` is a folder with ca.pem, cert.pem and key.pem as in DOCKER_CERT_PATH, `verify` is on by itself. */
  readonly tls?: { readonly certPath?: string; readonly verify?: boolean } | undefined;
}

/** What the user set, as it is now. */
export interface EngineSettings {
  /** `quayside.host`: an address or the name of a context; empty when the docker CLI's own choice counts. */
  readonly host: string;
  /** Engines besides the Docker contexts. */
  readonly engines: readonly AddedEngine[];
  /** The names to show; empty to follow the setting, the environment and `docker context use`. */
  readonly chosen: readonly string[];
}

/**
 * The engines of this machine's user: the one the settings, the environment or the docker CLI's current context mean,
 * then every Docker context, then those added by hand. `settings` is asked every time; nothing is connected.
 */
export function engineSources(settings: () => EngineSettings, surroundings: Surroundings): EngineSources {
  const options = () => ({ ...surroundings, setting: settings().host });

  async function primary(): Promise<string> {
    // A config.json that cannot be read is said by the engine itself, when it is connected.
    const choice = await chooseEndpoint(options()).catch(() => ({ context: defaultContext }));
    return 'context' in choice ? choice.context : defaultContext;
  }

  async function list(): Promise<readonly EngineSource[]> {
    const first = await primary();
    const contexts = await storedContexts(configFolder(surroundings)).catch(() => []);
    const sources = new Map<string, () => Promise<Endpoint>>([[first, () => resolveEndpoint(options())]]);
    const add = (name: string, resolve: () => Promise<Endpoint>): void => {
      if (!sources.has(name)) sources.set(name, resolve);
    };
    add(defaultContext, () => contextEndpoint(defaultContext, surroundings));
    for (const { name } of contexts) add(name, () => contextEndpoint(name, surroundings));
    for (const added of settings().engines) add(added.name, () => addedEndpoint(added, surroundings));
    return [...sources].map(([name, resolve]) => ({ name, resolve }));
  }

  async function shown(): Promise<readonly string[]> {
    const { chosen } = settings();
    return chosen.length > 0 ? chosen : [await primary()];
  }

  return { surroundings, list, shown };
}

async function addedEndpoint({ host, tls }: AddedEngine, surroundings: Surroundings): Promise<Endpoint> {
  const endpoint = await resolveEndpoint({ ...surroundings, setting: host });
  if (!tls) return { ...endpoint, source: 'added' };
  const verify = tls.verify ?? true;
  const { certPath } = tls;
  const shown = certPath === undefined ? undefined : await readTlsFolder(certPath, verify);
  return {
    ...endpoint,
    source: 'added',
    tls: shown ?? { verify },
    ...(certPath !== undefined && { certPath }),
  };
}
