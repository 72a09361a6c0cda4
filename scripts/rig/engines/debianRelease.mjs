// The engine of another release of Debian, in a root file system of its own: how newer ones than the machine's come here.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../cache.mjs';
import { answers } from '../engineApi.mjs';
import { ensureCommands } from '../packages.mjs';
import { launch, run, until } from '../processes.mjs';
import { Sorry, step } from '../say.mjs';

/** @typedef {'trixie' | 'sid'} Release */

/** @param {Release} release @returns {Promise<string>} its root file system; takes half a minute and 0.5 GB the first time */
export function installRelease(release) {
  return cached(`debian-${release}`, async (folder) => {
    await ensureCommands(['debootstrap']);
    const repositories = await run('apt-get', [
      'indextargets',
      '--format',
      '$(REPO_URI)',
      'Created-By: Packages',
    ]);
    const mirror = repositories.split('\n').find((line) => /\/debian\/?$/.test(line));
    if (!mirror)
      throw new Sorry(`Debian ${release} can only be had on a Debian system, because of its keys.`);
    const packages = 'docker.io,iptables,ca-certificates,procps';
    await step(`Installing the Docker engine of Debian ${release}`, () =>
      run('debootstrap', ['--variant=minbase', `--include=${packages}`, release, folder, mirror]),
    );
  });
}

/**
 * Makes the root file system the root of a mount namespace, with the engine's files at /engine. A chroot is not enough:
 * what is executed in a running container would then come out at the root of the machine itself.
 */
const boot = `
busybox mount --bind "$1" "$1" || exit 97
for each in proc sys dev; do busybox mount --rbind "/$each" "$1/$each" || exit 97; done
busybox mount -t tmpfs tmpfs "$1/run" || exit 97
busybox mkdir -p "$1/engine" "$1/machine" && busybox mount --bind "$2" "$1/engine" || exit 97
cd "$1" && busybox pivot_root . machine || exit 97
cd / && umount -l /machine || exit 97
shift 2
unset TMPDIR
exec dockerd "$@"
`;

/**
 * @param {Release} release
 * @returns {(folder: string, options: { group: string }) => Promise<{ host: string, stop: () => Promise<void> }>}
 */
export const startRelease =
  (release) =>
  async (folder, { group }) => {
    const root = await installRelease(release);
    mkdirSync(folder, { recursive: true });
    const at = (/** @type {string} */ name) => path.join(folder, name);
    writeFileSync(at('daemon.json'), '{}');
    const host = `unix://${at('docker.sock')}`;
    const daemon = launch(
      'unshare',
      [
        ...['--mount', 'sh', '-c', boot, 'sh', root, folder, '--config-file', '/engine/daemon.json'],
        ...['--data-root', '/engine/data', '--exec-root', '/engine/exec', '--pidfile', '/engine/pid'],
        ...['--host', 'unix:///engine/docker.sock', '--group', 'root'],
        ...['--cgroup-parent', `/${group}`, '--exec-opt', 'native.cgroupdriver=cgroupfs'],
      ],
      { log: at('log'), patience: 30_000 },
    );
    await until('the engine to answer', () => answers(host), { timeout: 60_000, alive: daemon });
    return { host, stop: daemon.stop };
  };
