import type { Port } from '../../engine/model/types';

/** Where web servers mostly listen, the most likely first. */
const LIKELY = [80, 443, 8080, 3000, 5000, 8000, 8443, 5001, 4200, 5173, 8888, 9000];

/** The ports a browser could be pointed at: TCP, and published. */
export function webPorts(ports: readonly Port[]): readonly Port[] {
  return ports.filter(({ protocol, publicPort }) => protocol === 'tcp' && publicPort !== undefined);
}

/** The one that is meant: the wanted (by its number outside or inside), the only one, or the likeliest by its number inside. */
export function choosePort(ports: readonly Port[], wanted?: number): Port | undefined {
  if (wanted !== undefined) {
    return (
      ports.find(({ publicPort }) => publicPort === wanted) ??
      ports.find(({ privatePort }) => privatePort === wanted)
    );
  }
  if (ports.length < 2) return ports[0];
  return LIKELY.map((likely) => ports.find(({ privatePort }) => privatePort === likely)).find(Boolean);
}
