import { readConfigFile } from '../endpoint/configFile';
import { webLoginKeys } from '../auth/server';
import { configFolder, type Surroundings } from '../endpoint/surroundings';
import { addressText, HUB, parseRegistry, type RegistryAddress } from './address';

/** A registry of the user's. */
export interface KnownRegistry extends RegistryAddress {
  /** As it is kept and shown. */
  readonly address: string;
  /** The user has added it; else it is Docker Hub, or there is a login for it. */
  readonly added: boolean;
  /** Something is stored for it, as far as config.json tells. */
  readonly loggedIn: boolean;
  /** As whom; empty where only a helper knows. */
  readonly user: string;
}

/**
 * Docker Hub, what the user added, and what config.json has logins for, in this order. No helper is asked. Addresses that
 * are none are left out; a config.json that cannot be read counts as empty.
 */
export async function knownRegistries(
  added: readonly string[],
  surroundings: Surroundings,
): Promise<readonly KnownRegistry[]> {
  const config = await readConfigFile(configFolder(surroundings)).catch(() => undefined);
  const logins = new Map(
    [...(config?.auths ?? [])].flatMap(([key, stored]) => {
      if (webLoginKeys.includes(key)) return [];
      const [address] = read(key);
      return address ? [[address.host, stored] as const] : [];
    }),
  );
  const own = added.flatMap(read);
  const addresses = [
    { host: HUB, namespace: '' },
    ...own,
    ...[...logins.keys()]
      .filter((host) => host !== HUB && !own.some((one) => one.host === host))
      .map((host) => ({ host, namespace: '' })),
  ];
  const found = new Map<string, KnownRegistry>();
  for (const one of addresses) {
    const address = addressText(one);
    const stored = logins.get(one.host);
    found.set(address, {
      ...one,
      address,
      added: own.some((other) => addressText(other) === address),
      loggedIn: stored !== undefined,
      user: userOf(stored),
    });
  }
  return [...found.values()];
}

function read(typed: string): RegistryAddress[] {
  try {
    return [parseRegistry(typed)];
  } catch {
    return [];
  }
}

function userOf(stored: { auth?: string; username?: string } | undefined): string {
  const [user = ''] = Buffer.from(stored?.auth ?? '', 'base64')
    .toString('utf8')
    .split(':');
  return stored?.username ?? user;
}
