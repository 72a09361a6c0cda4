// What the machine lacks: the checkout's own npm packages, and Debian packages where they may be installed.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from './cache.mjs';
import { run, which } from './processes.mjs';
import { Sorry, step } from './say.mjs';

/** Command on PATH -> the Debian package that brings it. */
const packageOf = {
  dockerd: 'docker.io',
  iptables: 'iptables',
  busybox: 'busybox-static',
  'docker-registry': 'docker-registry',
  htpasswd: 'apache2-utils',
  openssl: 'openssl',
  unshare: 'util-linux',
  ps: 'procps',
  rg: 'ripgrep',
  python3: 'python3',
  make: 'make',
  'g++': 'g++',
  debootstrap: 'debootstrap',
  podman: 'podman',
};

/** @typedef {keyof typeof packageOf} Command */

/** Runs `npm ci` when the packages are not those of package-lock.json. @param {string} root the checkout */
export async function ensureNodeModules(root) {
  if (upToDate(root)) return;
  await withLock('npm', async () => {
    if (upToDate(root)) return;
    await step('Installing the npm packages', () =>
      run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root }),
    );
  });
}

/** @param {string} root @returns {boolean} */
function upToDate(root) {
  /** @returns {Record<string, { version?: string, optional?: boolean, peer?: boolean }>} */
  const read = (/** @type {string} */ file) =>
    JSON.parse(readFileSync(path.join(root, file), 'utf8')).packages;
  try {
    const installed = read('node_modules/.package-lock.json');
    return Object.entries(read('package-lock.json')).every(
      ([name, { version, optional }]) => name === '' || optional || installed[name]?.version === version,
    );
  } catch {
    return false;
  }
}

/**
 * Installs the Debian packages of the commands that are missing.
 * @param {readonly Command[]} commands
 * @param {readonly string[]} [more] packages wanted besides, known by no command
 */
export async function ensureCommands(commands, more = []) {
  const missing = new Set(more);
  for (const command of commands) if (!(await which(command))) missing.add(packageOf[command]);
  if (missing.size > 0) await installDebian([...missing]);
}

/** @param {string[]} packages */
export async function installDebian(packages) {
  const list = packages.join(' ');
  if (!(await which('apt-get'))) {
    throw new Sorry(
      `Please install these, under the names your system has for them: ${list}. Then run this again.`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new Sorry(`Please run: sudo apt-get install -y --no-install-recommends ${list}`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=600', '-o', 'Acquire::Retries=3'];
  await step(`Installing ${list}`, () =>
    withLock('apt', async () => {
      await updateOnce(env, wait);
      await run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', ...packages], { env });
    }),
  );
}

let updated = false;

/** @param {NodeJS.ProcessEnv} env @param {string[]} wait */
async function updateOnce(env, wait) {
  if (updated) return;
  await run('apt-get', [...wait, 'update'], { env });
  updated = true;
}

/** Whether a Debian package is installed. @param {string} name */
export function debianHas(name) {
  return ['', ':amd64', ':arm64'].some((suffix) => existsSync(`/var/lib/dpkg/info/${name}${suffix}.list`));
}
