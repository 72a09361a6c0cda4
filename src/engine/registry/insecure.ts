import { record, text, texts, type Json } from '../wire/read';
import { isLoopback } from './address';

/**
 * Which registries the engine was told to trust without HTTPS, out of `docker info`: those listed by name, and those in
 * the listed networks where the registry is named by its address. This machine is always among the engine's; here it
 * counts only when it is listed by name, for a certificate that is there is worth a look.
 */
export function insecureRegistries(info: Json): (host: string) => boolean {
  const config = record(info['RegistryConfig']);
  const listed = new Set(
    Object.entries(record(config['IndexConfigs']))
      .filter(([, index]) => record(index)['Secure'] === false)
      .map(([name, index]) => text(record(index)['Name']) || name),
  );
  const networks = texts(config['InsecureRegistryCIDRs']).map(networkOf);
  return (host) => {
    if (listed.has(host)) return true;
    if (isLoopback(host)) return false;
    const address = addressOf(host.replace(/:\d+$/, ''));
    return address !== undefined && networks.some((network) => network?.(address) ?? false);
  };
}

/** An IPv4 address as a number. */
function addressOf(host: string): number | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(host)?.slice(1).map(Number);
  if (!parts?.every((part) => part < 256)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + part, 0);
}

function networkOf(cidr: string): ((address: number) => boolean) | undefined {
  const [base = '', bits = ''] = cidr.split('/');
  const address = addressOf(base);
  const size = 2 ** (32 - Number(bits));
  if (address === undefined || !/^\d{1,2}$/.test(bits) || size < 1) return undefined;
  return (other) => Math.floor(other / size) === Math.floor(address / size);
}
