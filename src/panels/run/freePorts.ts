import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { remoteMachine } from '../../engine/webAddress';

/** How many ports above the wished one are tried. */
const TRIES = 50;

/**
 * For each exposed port (`80/tcp`) what publishes it on a port of the engine's machine that is free: not published by
 * another container (`taken`, each as `8080/tcp`), and, where the engine is on this machine, not taken by another program.
 * `8080:80`.
 */
export async function freePorts(
  exposed: readonly string[],
  taken: ReadonlySet<string>,
  host = '',
): Promise<string[]> {
  const local = remoteMachine(host) === undefined;
  const given = new Set(taken);
  const published: string[] = [];
  for (const port of exposed) {
    const [, number, protocol = 'tcp'] = /^(\d+)(?:\/(\w+))?$/.exec(port) ?? [];
    if (number === undefined) continue;
    const inside = Number(number);
    // The ports below are for servers of the whole machine; 80 is wished as 8080, 443 as 8443.
    const wished = inside < 1024 ? (inside === 443 ? 8443 : 8000 + inside) : inside;
    for (let outside = wished; outside < wished + TRIES; outside++) {
      const key = `${outside}/${protocol}`;
      if (given.has(key) || (local && !(await isFree(outside, protocol)))) continue;
      given.add(key);
      published.push(`${outside}:${inside}${protocol === 'tcp' ? '' : `/${protocol}`}`);
      break;
    }
  }
  return published;
}

/** By the protocol: what listens on a port for TCP takes nothing from UDP. Of SCTP Node knows nothing. */
function isFree(port: number, protocol: string): Promise<boolean> {
  if (protocol === 'sctp') return Promise.resolve(true);
  return new Promise((resolve) => {
    if (protocol === 'udp') {
      const socket = createSocket('udp4');
      socket.once('error', () => resolve(false));
      socket.bind(port, () => socket.close(() => resolve(true)));
      return;
    }
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
