/** Where a command is to be run. */
export interface Machine {
  readonly platform: NodeJS.Platform;
  /** Linux: systemd runs the services. */
  readonly systemd: boolean;
  /** Linux: no sudo is needed. */
  readonly root: boolean;
}

/** The line that starts the engine which listens at `host` (as in `DOCKER_HOST`), in the shell of that platform. */
export function startCommand(host: string, machine: Machine): string {
  if (/colima/.test(host)) return 'colima start';
  if (/\.rd\//.test(host)) return 'rdctl start';
  if (machine.platform === 'win32') {
    if (/podman/.test(host)) return 'podman machine start';
    return 'Start-Process "$Env:ProgramFiles\\Docker\\Docker\\Docker Desktop.exe"';
  }
  if (machine.platform === 'darwin') {
    if (/podman/.test(host)) return 'podman machine start';
    return /orbstack/.test(host) ? 'open -a OrbStack' : 'open -a Docker';
  }
  return startService(host, machine);
}

function startService(host: string, { systemd, root }: Machine): string {
  const sudo = root ? '' : 'sudo ';
  const own = /\/run\/user\//.test(host);
  if (/podman/.test(host)) return `${own ? 'systemctl --user' : `${sudo}systemctl`} start podman.socket`;
  if (/\.docker\/desktop/.test(host)) return 'systemctl --user start docker-desktop';
  if (own) return 'systemctl --user start docker';
  return systemd ? `${sudo}systemctl start docker` : `${sudo}service docker start`;
}
