import { constants } from 'node:fs';
import { access, readdir, stat } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { Surroundings } from './surroundings';

/** A place where some engine puts its socket. */
export interface KnownSocket {
  /** Whose it is, for people. */
  readonly name: string;
  readonly host: string;
}

/** What the CLI uses when nobody says anything. */
export function defaultHost(platform: NodeJS.Platform): string {
  return platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';
}

function unixSockets({ env, homedir }: Surroundings): readonly (readonly [string, string])[] {
  const runtime = env['XDG_RUNTIME_DIR'];
  const config = env['XDG_CONFIG_HOME'] || join(homedir, '.config');
  const podmanMachine = join(homedir, '.local/share/containers/podman/machine');
  return [
    ['Docker', '/var/run/docker.sock'],
    ...(runtime ? [['Docker, rootless', join(runtime, 'docker.sock')] as const] : []),
    ['Docker Desktop', join(homedir, '.docker/run/docker.sock')],
    ['Docker Desktop', join(homedir, '.docker/desktop/docker.sock')],
    ['Colima', join(env['COLIMA_HOME'] || join(homedir, '.colima'), 'default/docker.sock')],
    ['Colima', join(config, 'colima/default/docker.sock')],
    ['OrbStack', join(homedir, '.orbstack/run/docker.sock')],
    ['Rancher Desktop', join(homedir, '.rd/docker.sock')],
    ...(runtime ? [['Podman, rootless', join(runtime, 'podman/podman.sock')] as const] : []),
    ['Podman', join(podmanMachine, 'podman.sock')],
    ['Podman', join(podmanMachine, 'podman-machine-default/podman.sock')],
    ['Podman', '/run/podman/podman.sock'],
  ];
}

const windowsPipes = [
  ['Docker', 'docker_engine'],
  ['Docker Desktop', 'dockerDesktopLinuxEngine'],
  ['Podman', 'podman-machine-default'],
] as const;

/** The known places of this platform, the CLI's own first. */
export function knownSockets(surroundings: Surroundings): KnownSocket[] {
  if (surroundings.platform === 'win32') {
    return windowsPipes.map(([name, pipe]) => ({ name, host: `npipe:////./pipe/${pipe}` }));
  }
  return unixSockets(surroundings).map(([name, path]) => ({ name, host: `unix://${path}` }));
}

/** Those that are sockets; first the ones we may write to, for a forbidden one helps nobody while another is there. */
export async function usableFirst(known: readonly KnownSocket[]): Promise<KnownSocket[]> {
  const usable: KnownSocket[] = [];
  const forbidden: KnownSocket[] = [];
  for (const socket of known) {
    const path = socket.host.slice('unix://'.length);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isSocket()) continue;
    const list = await access(path, constants.R_OK | constants.W_OK).then(
      () => usable,
      () => forbidden,
    );
    list.push(socket);
  }
  return [...usable, ...forbidden];
}

/** Those known sockets that are there, the ones we may use before the ones we may not. Nothing is connected. */
export async function findSockets(surroundings: Surroundings): Promise<KnownSocket[]> {
  const known = knownSockets(surroundings);
  if (surroundings.platform !== 'win32') return usableFirst(known);
  // Looking at one pipe would open it, and take an instance of it from its server; listing them does not.
  const pipes = await readdir('//./pipe/').catch((): string[] => []);
  return known.filter(({ host }) => pipes.includes(posix.basename(host)));
}
