import type { Port } from '../../engine/model/types';
import { webAddress } from '../../engine/webAddress';
import type { DetailsPort } from '../../protocol/details';
import { record } from '../channel';

/**
 * The ports of an inspect object: as they are while it runs, as they will be while it does not. `host` is the
 * engine's address.
 */
export function portsOf(inspected: unknown, host: string | undefined): readonly DetailsPort[] {
  const running = record(record(inspected)['State'])['Running'] === true;
  const own = record(record(record(inspected)['NetworkSettings'])['Ports']);
  const asked = record(record(record(inspected)['HostConfig'])['PortBindings']);
  const exposed = record(record(record(inspected)['Config'])['ExposedPorts']);
  const all: Record<string, unknown> = { ...exposed, ...(running ? own : asked) };
  return Object.keys(all)
    .sort((a, b) => parseInt(a) - parseInt(b))
    .flatMap((inside) => {
      const bindings = Array.isArray(all[inside]) ? all[inside].map(record) : [];
      if (bindings.length === 0) return [{ inside, outside: '' }];
      const [number = '', protocol] = inside.split('/');
      return bindings.map((binding): DetailsPort => {
        const [ip, published] = [text(binding['HostIp']), text(binding['HostPort'])];
        const port = { ip, privatePort: Number(number), publicPort: Number(published), protocol };
        const url = running && port.publicPort > 0 ? webAddress(port as Port, host) : undefined;
        const address = ip.includes(':') ? `[${ip}]` : ip;
        return { inside, outside: [address, published].filter((part) => part !== '').join(':'), url };
      });
    });
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
