// The engine of `npm start`: the one that is there, else Debian's, installed and started as its own service would be.
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { answers } from './engineApi.mjs';
import { reachableEngine } from './engine.mjs';
import { ensureCommands } from './packages.mjs';
import { launch, run, until, which } from './processes.mjs';
import { Sorry, step } from './say.mjs';

const socket = '/var/run/docker.sock';

/**
 * @param {string} folder for the files of one that is started here
 * @returns {Promise<{ host: string, started: boolean }>}
 */
export async function ensureEngine(folder) {
  const there = await reachableEngine();
  if (there) return { host: there, started: false };
  const may = process.platform === 'linux' && process.getuid?.() === 0 && (await which('apt-get'));
  if (!may) throw new Sorry(await advice());
  await ensureCommands(['dockerd', 'iptables']);
  const host = `unix://${socket}`;
  if (existsSync('/run/systemd/system')) {
    await step('Starting the Docker service', async () => {
      await run('systemctl', ['start', 'docker']);
      await until('the Docker engine to answer', () => answers(host), { timeout: 60_000 });
    });
    return { host, started: false };
  }
  await step('Starting the Docker engine', () => start(folder, host));
  return { host, started: true };
}

/**
 * Its images and containers are where the service keeps them. Pid files and the like are our own: those that a killed
 * engine left behind would keep this one from starting.
 * @param {string} folder
 * @param {string} host
 */
async function start(folder, host) {
  mkdirSync(folder, { recursive: true });
  const at = (/** @type {string} */ name) => path.join(folder, name);
  const daemon = launch('dockerd', ['--host', host, '--pidfile', at('pid'), '--exec-root', at('exec')], {
    log: at('log'),
    patience: 30_000,
  });
  await until('the Docker engine to answer', () => answers(host), { timeout: 60_000, alive: daemon });
}

/** What the user does where this script may not. @returns {Promise<string>} */
async function advice() {
  if (process.platform !== 'linux') {
    return 'No Docker engine answers. Start Docker Desktop (or OrbStack, Colima, Rancher Desktop), then run this again.';
  }
  if (existsSync(socket) && !writable(socket)) {
    return 'You may not use the Docker engine yet. Run "sudo usermod -aG docker $USER", log out and in, then run this again.';
  }
  if (await which('dockerd')) {
    return 'No Docker engine answers. Run "sudo systemctl start docker" (or "sudo service docker start"), then run this again.';
  }
  if (await which('apt-get')) {
    return 'There is no Docker engine. Run "sudo apt-get install -y docker.io && sudo usermod -aG docker $USER", log out and in, then run this again.';
  }
  return 'There is no Docker engine. Install Docker with the package manager of your system, start it, then run this again.';
}

/** @param {string} file */
function writable(file) {
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
