import type { Port } from '../engine/model/types';

/**
 * Published ports in short: `8088->80`, `127.0.0.1:53->53/udp`. TCP and "every address" go without saying, and neighbours
 * are joined as `8000-8002->8000-8002`. Ports must be sorted by private port, as the model's are.
 */
export function compactPorts(ports: readonly Port[]): string[] {
  const runs: { first: Port; last: Port }[] = [];
  for (const port of ports) {
    if (port.publicPort === undefined) continue;
    const run = runs.findLast(({ last }) => follows(port, last));
    if (run) run.last = port;
    else runs.push({ first: port, last: port });
  }
  return runs.map(({ first, last }) => {
    const { ip = '', publicPort: hostFirst = 0, privatePort, protocol } = first;
    const address =
      ip === '' || ip === '0.0.0.0' || ip === '::' ? '' : `${ip.includes(':') ? `[${ip}]` : ip}:`;
    const host = range(hostFirst, last.publicPort ?? hostFirst);
    return `${address}${host}->${range(privatePort, last.privatePort)}${protocol === 'tcp' ? '' : `/${protocol}`}`;
  });
}

function follows(port: Port, last: Port): boolean {
  return (
    port.ip === last.ip &&
    port.protocol === last.protocol &&
    port.privatePort === last.privatePort + 1 &&
    port.publicPort === (last.publicPort ?? 0) + 1
  );
}

const range = (first: number, last: number): string => (first === last ? `${first}` : `${first}-${last}`);
