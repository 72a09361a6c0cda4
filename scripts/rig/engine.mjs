// Which engine the scripts and tests talk to: the reachable one of the user, or one of their own.
import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createHash } from 'node:crypto';
import { answers, api } from './engineApi.mjs';
import { startDebianEngine } from './engines/debian.mjs';
import { installRelease, startRelease } from './engines/debianRelease.mjs';
import { startPodman } from './engines/podman.mjs';
import { privateGroup } from './machine.mjs';
import { ensureCommands } from './packages.mjs';
import { Sorry } from './say.mjs';

/**
 * @typedef {object} RigEngine
 * @property {string} host as in DOCKER_HOST
 * @property {string} address where its published ports answer
 * @property {boolean} shared somebody else uses it too: what is not ours must stay
 * @property {string} version such as `20.10.24`
 * @property {string} apiVersion such as `1.41`
 */

/** The kinds of engine the tests can bring themselves; `QUAYSIDE_TEST_ENGINE` chooses one. */
const engines = {
  debian: startDebianEngine,
  trixie: startRelease('trixie'),
  sid: startRelease('sid'),
  podman: startPodman,
};

/** What the chosen kind needs, while the network is still there: a private machine has none. */
export async function prepareEngine() {
  const kind = process.env['QUAYSIDE_TEST_ENGINE'];
  if (kind === 'trixie' || kind === 'sid') await installRelease(kind);
  if (kind === 'podman') await ensureCommands(['podman']);
}

/**
 * An engine for tests: one of their own inside a private machine, else the reachable one, shared.
 * @param {string} folder for its files
 * @returns {Promise<{ engine: RigEngine, stop: () => Promise<void> }>}
 */
export async function engineForTests(folder) {
  const group = privateGroup();
  if (group) {
    const kind = process.env['QUAYSIDE_TEST_ENGINE'] || 'debian';
    if (!Object.hasOwn(engines, kind)) {
      throw new Sorry(
        `QUAYSIDE_TEST_ENGINE is "${kind}"; set it to one of: ${Object.keys(engines).join(', ')}.`,
      );
    }
    const start = engines[/** @type {keyof typeof engines} */ (kind)];
    const { host, stop } = await start(folder, { group });
    return { engine: await describe(host, false), stop };
  }
  const host = await reachableEngine();
  if (!host) {
    throw new Sorry(
      'No Docker engine answers. Start one (on Debian or Ubuntu: sudo apt-get install docker.io), or run "npm test" as root, which brings its own.',
    );
  }
  return { engine: await describe(host, true), stop: async () => undefined };
}

/** @param {string} host @param {boolean} shared @returns {Promise<RigEngine>} */
async function describe(host, shared) {
  const { Version, ApiVersion } = await api(host, 'GET', '/version');
  const remote = host.startsWith('tcp:') ? new URL(host).hostname : undefined;
  return { host, address: remote ?? 'localhost', shared, version: Version, apiVersion: ApiVersion };
}

/**
 * The engine that `docker` would use, if it answers: DOCKER_HOST, the chosen context, the usual sockets.
 * @returns {Promise<string | undefined>} as in DOCKER_HOST
 */
export async function reachableEngine() {
  const home = os.homedir();
  const runtime = process.env['XDG_RUNTIME_DIR'];
  const candidates = [
    process.env['DOCKER_HOST'],
    contextHost(),
    'unix:///var/run/docker.sock',
    runtime && `unix://${runtime}/docker.sock`,
    `unix://${home}/.docker/run/docker.sock`,
    `unix://${home}/.docker/desktop/docker.sock`,
    `unix://${home}/.colima/default/docker.sock`,
    `unix://${home}/.orbstack/run/docker.sock`,
    `unix://${home}/.rd/docker.sock`,
  ];
  for (const host of candidates) {
    if (host && /^(unix|tcp):/.test(host) && (await answers(host))) return host;
  }
  return undefined;
}

/** The host of the Docker context in use, as the CLI keeps it. @returns {string | undefined} */
function contextHost() {
  const config = process.env['DOCKER_CONFIG'] || path.join(os.homedir(), '.docker');
  try {
    const name =
      process.env['DOCKER_CONTEXT'] ||
      JSON.parse(readFileSync(path.join(config, 'config.json'), 'utf8')).currentContext;
    if (!name || name === 'default') return undefined;
    const digest = createHash('sha256').update(name).digest('hex');
    const meta = path.join(config, 'contexts', 'meta', digest, 'meta.json');
    return existsSync(meta) ? JSON.parse(readFileSync(meta, 'utf8')).Endpoints.docker.Host : undefined;
  } catch {
    return undefined;
  }
}
