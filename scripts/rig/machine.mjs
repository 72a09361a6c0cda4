// A private machine: a process with a network, mounts and process ids of its own, so that an engine in it can do as it
// likes. Nobody's bridge, firewall, port or socket is touched, nothing is left when it ends, and it ends whole.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run, which } from './processes.mjs';

const flags = ['--net', '--mount', '--pid', '--fork', '--mount-proc', '--kill-child=SIGKILL'];

/** Set inside a private machine: the name of the control group for its engine's containers. */
const marker = 'QUAYSIDE_PRIVATE';

/** @returns {string | undefined} the name of the control group, inside a private machine */
export function privateGroup() {
  return process.env[marker];
}

/** Why there can be no private machine here; `undefined` when there can. @returns {Promise<string | undefined>} */
export async function whyNotPrivate() {
  reason ??= findReason();
  return reason;
}

/** @type {Promise<string | undefined> | undefined} */
let reason;

async function findReason() {
  if (process.platform !== 'linux') return 'this is not Linux';
  if (process.getuid?.() !== 0) return 'this is not root';
  for (const command of ['unshare', 'busybox', 'dockerd']) {
    if (!(await which(command))) return `${command} is not installed`;
  }
  return run('setpriv', ['--pdeathsig', 'KILL', 'unshare', ...flags, '--', 'true']).then(
    () => undefined,
    () => 'this system does not let a process have a network of its own',
  );
}

/**
 * `lo` alone is up, so that "localhost" is the machine itself and nothing else can be reached. The sockets and locks of
 * the host's services in /run are hidden, and so is what its engine keeps. The shell stays as process 1: it collects what containers leave behind.
 */
const boot = `
busybox ip link set lo up || exit 97
busybox mount -t tmpfs -o mode=755 tmpfs /run || exit 97
if [ -d /var/lib/docker ]; then
  mkdir "$TMPDIR/docker" && busybox mount -o bind "$TMPDIR/docker" /var/lib/docker || exit 97
fi
"$@" &
wait $!
`;

/**
 * Runs a command in a private machine.
 * @param {string[]} command
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, output?: 'inherit' | number }} [options] output: a file descriptor
 * @returns {{ exited: Promise<number>, stop: () => Promise<void> }}
 */
export function privately(command, { env = process.env, cwd, output = 'inherit' } = {}) {
  sweep();
  const folder = mkdtempSync(path.join(os.tmpdir(), `quayside-${process.pid}-`));
  const group = path.basename(folder);
  // The first command ties its life to ours, however we end.
  const child = spawn(
    'setpriv',
    ['--pdeathsig', 'KILL', 'unshare', ...flags, '--', 'sh', '-c', boot, 'sh', ...command],
    {
      cwd,
      env: { ...env, [marker]: group, TMPDIR: folder },
      stdio: ['ignore', output, output],
    },
  );
  const exited = new Promise((/** @type {(code: number) => void} */ resolve) => {
    child.once('error', () => resolve(127));
    child.once('exit', (code) => resolve(code ?? 137));
  }).then((code) => {
    clean(folder, group);
    return code;
  });
  return {
    exited,
    // `unshare` holds back gentler signals; the kernel ends everything inside with it.
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Cleans up after runs that were killed: the name of their folder says which process made it. */
function sweep() {
  for (const folder of list(os.tmpdir())) {
    const [, pid] = /^quayside-(\d+)-/.exec(path.basename(folder)) ?? [];
    if (pid && !existsSync(`/proc/${pid}`)) clean(folder, path.basename(folder));
  }
}

/**
 * Removes a folder for the files of an engine and its like. Inside a private machine it stays, because it may hold mounts
 * of processes that were ended: it goes with the machine.
 * @param {string} folder
 */
export function forget(folder) {
  if (!privateGroup()) rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

/** Its files, and the empty control groups that a kernel keeps. @param {string} folder @param {string} group */
function clean(folder, group) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  } catch {
    // A mount is still ending in it: the next run sweeps it up.
  }
  const roots = ['/sys/fs/cgroup', ...list('/sys/fs/cgroup')];
  for (const root of roots) removeGroup(path.join(root, group));
}

/** The folders in a folder. @param {string} folder */
function list(folder) {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.join(folder, entry.name));
  } catch {
    return [];
  }
}

/** @param {string} group */
function removeGroup(group) {
  for (const inner of list(group)) removeGroup(inner);
  try {
    rmdirSync(group);
  } catch {
    // Not there, or still in use by a process that is ending.
  }
}
