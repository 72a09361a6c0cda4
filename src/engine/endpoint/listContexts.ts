import { formatAddress, parseAddress, withoutPassword } from './address';
import { storedContexts } from './contexts';
import { chooseEndpoint, defaultAddress, defaultContext, type EndpointOptions } from './resolve';
import { configFolder } from './surroundings';

/** One row of `docker context ls`. */
export interface Context {
  readonly name: string;
  readonly description: string;
  /** Without a password, should somebody have put one there. */
  readonly host: string;
  readonly skipTlsVerify: boolean;
  /** It is the one in use; none is when the setting gives an address. */
  readonly current: boolean;
}

/** As the CLI would write it; what is no address stays as it is, for the list to show. */
function written(host: string): string {
  try {
    return formatAddress(parseAddress(host));
  } catch {
    return withoutPassword(host);
  }
}

/** The contexts there are, `default` first, then by name; damaged ones are left out. */
export async function listContexts(options: EndpointOptions, signal?: AbortSignal): Promise<Context[]> {
  const [choice, stored, host] = await Promise.all([
    chooseEndpoint(options, signal),
    storedContexts(configFolder(options), signal),
    defaultAddress(options),
  ]);
  const current =
    'context' in choice ? choice.context : choice.source === 'DOCKER_HOST' ? defaultContext : '';
  const description = 'Current DOCKER_HOST based configuration';
  return [{ name: defaultContext, description, host: written(host), skipTlsVerify: false }, ...stored].map(
    (context) => ({
      name: context.name,
      description: context.description,
      host: withoutPassword(context.host),
      skipTlsVerify: context.skipTlsVerify,
      current: context.name === current,
    }),
  );
}
