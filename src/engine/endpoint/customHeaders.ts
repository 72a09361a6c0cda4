import { readConfigFile } from './configFile';
import { configFolder, type Surroundings } from './surroundings';

/** What Node would refuse to send; one such header must not make every request fail. */
const isSendable = ([name, value]: [string, string]): boolean =>
  /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);

/**
 * The headers that the docker CLI adds to every request: `HttpHeaders` of config.json, or in their place the
 * comma-separated `name=value` pairs of `DOCKER_CUSTOM_HEADERS`. None when config.json cannot be read: what is wrong
 * with it is said where it decides something.
 */
export async function customHeaders(
  surroundings: Surroundings,
  signal?: AbortSignal,
): Promise<Readonly<Record<string, string>>> {
  const given = surroundings.env['DOCKER_CUSTOM_HEADERS'];
  const pairs = given
    ? given.split(',').map((pair): [string, string] => {
        const equals = pair.indexOf('=');
        return [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
      })
    : await readConfigFile(configFolder(surroundings), signal).then(
        ({ httpHeaders }) => [...httpHeaders],
        (): [string, string][] => [],
      );
  return Object.fromEntries(pairs.filter(isSendable));
}
