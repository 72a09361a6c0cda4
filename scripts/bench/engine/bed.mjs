// What the rows of the engine layer stand on: the CLI, ours in this process, and ours in a process of its own.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { api } from '../../rig/engineApi.mjs';
import { busyboxImage, loadImage } from '../../rig/images.mjs';
import { run } from '../../rig/processes.mjs';
import { timed } from '../measure.mjs';
import { bundleEngine, connect } from '../ours.mjs';

const worker = path.join(path.dirname(fileURLToPath(import.meta.url)), '../worker.mjs');
const image = 'quayside-bench/base:latest';

/** @typedef {{ ms: number, cpuMs: number, peakMb: number }} Cost */
/** @typedef {Awaited<ReturnType<typeof makeBed>>} Bed */

/** @param {{ root: string, host: string, folder: string, rounds: number }} options */
export async function makeBed({ root, host, folder, rounds }) {
  mkdirSync(folder, { recursive: true });
  const bundle = await bundleEngine(root, folder);
  const cli = existsSync('/usr/bin/docker') ? '/usr/bin/docker' : 'docker';
  const env = {
    ...process.env,
    DOCKER_HOST: host,
    DOCKER_CONFIG: path.join(folder, 'config'),
    // The same builder for both.
    DOCKER_BUILDKIT: '0',
  };
  await loadImage(host, image, await busyboxImage());
  /** @type {number[]} */
  const peaks = [];
  return {
    host,
    folder,
    rounds,
    cli,
    env,
    /** Peak memory of every process of ours, MB. */
    peaks,
    /** A new engine in this process, connected. */
    connected: async () => {
      const engine = connect(bundle, host);
      await engine.system.version();
      return engine;
    },
    /** ms of a docker command. @param {string[]} args */
    docker: (...args) => timed(() => quiet(cli, args, env)),
    /** A work of worker.mjs. @param {string[]} args @returns {Promise<Cost>} */
    ours: async (...args) => {
      const cost = /** @type {Cost} */ (
        JSON.parse(await run(process.execPath, [worker, bundle, host, ...args]))
      );
      peaks.push(cost.peakMb);
      return cost;
    },
    /** @param {string[]} Cmd @returns {Promise<string>} its id */
    create: async (Cmd, start = false) => {
      const { Id } = await api(host, 'POST', '/containers/create', {
        json: { Image: image, Cmd, Labels: { 'dev.quayside.test': 'bench' }, HostConfig: { Init: true } },
      });
      if (start) await api(host, 'POST', `/containers/${Id}/start`);
      return Id;
    },
  };
}

/** Runs a program with its output thrown away, which costs it least. @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} env */
function quiet(command, args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
    child.once('error', reject);
    child.once('exit', (code) =>
      code === 0 ? resolve(undefined) : reject(new Error(`${args[0]} ended with ${code}`)),
    );
  });
}
