import type { EngineSource, EngineSources } from './engines';
import { storedContexts } from './endpoint/contexts';
import type { Endpoint } from './endpoint/endpoint';
import { chooseEndpoint, contextEndpoint, defaultContext, resolveEndpoint } from './endpoint/resolve';
import { configFolder, type Surroundings } from './endpoint/surroundings';

/** What the user set, as it is now. */
export interface EngineSettings {
  /** `quayside.host`: an address or the name of a context; empty when the docker CLI's own choice counts. */
  readonly host: string;
  /** Engines besides the Docker contexts. */
  readonly engines: readonly { readonly name: string; readonly host: string }[];
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
    for (const { name, host } of settings().engines) {
      add(name, async () => ({
        ...(await resolveEndpoint({ ...surroundings, setting: host })),
        source: 'added',
      }));
    }
    return [...sources].map(([name, resolve]) => ({ name, resolve }));
  }

  async function shown(): Promise<readonly string[]> {
    const { chosen } = settings();
    return chosen.length > 0 ? chosen : [await primary()];
  }

  return { surroundings, list, shown };
}
