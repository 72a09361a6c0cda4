import { chmod } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { defaultHost, findSockets, knownSockets, usableFirst } from '../../../../src/engine/endpoint/sockets';
import { put, temporaryFolder } from './temporaryFolder';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listenAt(path: string): Promise<void> {
  const server = createServer();
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(path, resolve));
}

test('the places of a Linux or macOS machine, the CLI’s own first', () => {
  const env = { XDG_RUNTIME_DIR: '/run/user/7' };
  const hosts = knownSockets({ env, homedir: '/home/me', platform: 'linux' }).map(({ host }) => host);
  expect(hosts).toEqual([
    'unix:///var/run/docker.sock',
    'unix:///run/user/7/docker.sock',
    'unix:///home/me/.docker/run/docker.sock',
    'unix:///home/me/.docker/desktop/docker.sock',
    'unix:///home/me/.colima/default/docker.sock',
    'unix:///home/me/.config/colima/default/docker.sock',
    'unix:///home/me/.orbstack/run/docker.sock',
    'unix:///home/me/.rd/docker.sock',
    'unix:///run/user/7/podman/podman.sock',
    'unix:///home/me/.local/share/containers/podman/machine/podman.sock',
    'unix:///home/me/.local/share/containers/podman/machine/podman-machine-default/podman.sock',
    'unix:///run/podman/podman.sock',
  ]);
});

test('without XDG_RUNTIME_DIR nothing is looked for at the root', () => {
  const hosts = knownSockets({ env: {}, homedir: '/h', platform: 'darwin' }).map(({ host }) => host);
  expect(hosts).not.toContain('unix:///docker.sock');
  expect(hosts).toHaveLength(10);
});

test('Windows has pipes, and here none is found', async () => {
  const windows = { env: {}, homedir: 'C:\\me', platform: 'win32' } as const;
  expect(knownSockets(windows)[0]).toEqual({ name: 'Docker', host: defaultHost('win32') });
  if (process.platform !== 'win32') expect(await findSockets(windows)).toEqual([]);
});

test('what is no socket, or a link to nothing, is passed over', async () => {
  const folder = await temporaryFolder();
  await listenAt(join(folder, 'real'));
  await put(join(folder, 'file'), 'not a socket');
  const known = ['missing', 'file', 'real'].map((name) => ({ name, host: `unix://${join(folder, name)}` }));
  expect((await usableFirst(known)).map(({ name }) => name)).toEqual(['real']);
});

test('one that may not be used comes last', async (context) => {
  if (process.getuid?.() === 0) return context.skip('root may use every socket');
  const folder = await temporaryFolder();
  const known = ['forbidden', 'usable'].map((name) => ({ name, host: `unix://${join(folder, name)}` }));
  for (const { name } of known) await listenAt(join(folder, name));
  await chmod(join(folder, 'forbidden'), 0);
  expect((await usableFirst(known)).map(({ name }) => name)).toEqual(['usable', 'forbidden']);
});
