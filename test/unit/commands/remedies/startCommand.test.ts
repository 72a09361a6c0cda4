import { expect, test } from 'vitest';
import { startCommand } from '../../../../src/commands/remedies/startCommand';

const linux = { platform: 'linux', systemd: true, root: false } as const;
const mac = { platform: 'darwin', systemd: false, root: false } as const;
const windows = { platform: 'win32', systemd: false, root: false } as const;

test.each([
  ['unix:///var/run/docker.sock', linux, 'sudo systemctl start docker'],
  ['unix:///var/run/docker.sock', { ...linux, root: true }, 'systemctl start docker'],
  ['unix:///var/run/docker.sock', { ...linux, systemd: false }, 'sudo service docker start'],
  ['unix:///run/user/1000/docker.sock', linux, 'systemctl --user start docker'],
  ['unix:///home/me/.docker/desktop/docker.sock', linux, 'systemctl --user start docker-desktop'],
  ['unix:///run/user/1000/podman/podman.sock', linux, 'systemctl --user start podman.socket'],
  ['unix:///run/podman/podman.sock', linux, 'sudo systemctl start podman.socket'],
  ['unix:///home/me/.colima/default/docker.sock', linux, 'colima start'],
  ['', linux, 'sudo systemctl start docker'],
  ['unix:///Users/me/.docker/run/docker.sock', mac, 'open -a Docker'],
  ['unix:///Users/me/.orbstack/run/docker.sock', mac, 'open -a OrbStack'],
  ['unix:///Users/me/.rd/docker.sock', mac, 'rdctl start'],
  ['npipe:////./pipe/podman-machine-default', windows, 'podman machine start'],
  [
    'npipe:////./pipe/docker_engine',
    windows,
    'Start-Process "$Env:ProgramFiles\\Docker\\Docker\\Docker Desktop.exe"',
  ],
] as const)('%s', (host, machine, line) => {
  expect(startCommand(host, machine)).toBe(line);
});
