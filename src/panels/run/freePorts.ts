import { createServer } from 'node:net';
import { remoteMachine } from '../../engine/webAddress';

/** How many ports above the wished one are tried. */
const TRIES = 50;

/**
 * For each exposed port (`80/tcp`) what publishes it on a port of the engine's machine that is free: not published by
 * another container, and, where the engine is on this machine, not taken by another program. `8080:80`.
 */
export async function freePorts(
  exposed: readonly string[],
  taken: ReadonlySet<number>,
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
      if (given.has(outside) || (local && !(await isFree(outside)))) continue;
      given.add(outside);
      published.push(`${outside}:${inside}${protocol === 'tcp' ? '' : `/${protocol}`}`);
      break;
    }
  }
  return published;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
