// The engine layer against the docker CLI, on the same engine in the same run.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import { api } from '../rig/engineApi.mjs';
import { busyboxImage, loadImage } from '../rig/images.mjs';
import { run } from '../rig/processes.mjs';
import { say } from '../rig/say.mjs';
import { bounded, compared, inTurn, median, timed } from './measure.mjs';
import { bundleEngine, connect } from './ours.mjs';

const worker = path.join(path.dirname(fileURLToPath(import.meta.url)), 'worker.mjs');
const image = 'quayside-bench/base:latest';
const megabyte = 1_000_000;
const labels = { 'dev.quayside.test': 'bench' };

/** @typedef {{ ms: number, cpuMs: number, peakMb: number }} Cost */

/**
 * @param {object} options
 * @param {string} options.root the checkout
 * @param {string} options.host the engine's, which is ours alone
 * @param {string} options.folder for files
 * @param {number} options.rounds
 * @returns {Promise<import('./measure.mjs').Row[]>}
 */
export async function engineRows({ root, host, folder, rounds }) {
  mkdirSync(folder, { recursive: true });
  const bundle = await bundleEngine(root, folder);
  const cli = existsSync('/usr/bin/docker') ? '/usr/bin/docker' : 'docker';
  const env = { ...process.env, DOCKER_HOST: host, DOCKER_CONFIG: path.join(folder, 'config') };
  const docker = (/** @type {string[]} */ ...args) => timed(() => quiet(cli, args, env));
  const ours = async (/** @type {string[]} */ ...args) => {
    const cost = /** @type {Cost} */ (
      JSON.parse(await run(process.execPath, [worker, bundle, host, ...args]))
    );
    peaks.push(cost.peakMb);
    return cost;
  };
  /** @type {number[]} */
  const peaks = [];
  const idle = await ours('idle');
  const engine = connect(bundle, host);
  await loadImage(host, image, await busyboxImage());
  const create = async (/** @type {string[]} */ Cmd, start = false) => {
    const { Id } = await api(host, 'POST', '/containers/create', {
      json: { Image: image, Cmd, Labels: labels, HostConfig: { Init: true } },
    });
    if (start) await api(host, 'POST', `/containers/${Id}/start`);
    return /** @type {string} */ (Id);
  };
  /** @type {import('./measure.mjs').Row[]} */
  const rows = [];
  const add = (/** @type {import('./measure.mjs').Row} */ row) => {
    rows.push(row);
    say(`  ${row.what}: ${row.ours} beside ${row.theirs || row.goal}  ${row.ratio}`);
  };

  const [first = ''] = await Promise.all(Array.from({ length: 300 }, () => create(['true'])));
  const list = await inTurn(
    rounds,
    async () => (await ours('list')).ms,
    () => docker('ps', '-a', '--no-trunc', '--format', '{{json .}}'),
  );
  add(
    compared('list 300 containers, connected -> parsed model', at(list, 0), at(list, 1), {
      unit: 'ms',
      atMost: 0.4,
    }),
  );
  const inspect = await inTurn(
    rounds,
    () => timed(() => engine.containers.inspect(first)),
    () => docker('inspect', first),
  );
  add(compared('inspect one container', at(inspect, 0), at(inspect, 1), { unit: 'ms', atMost: 0.08 }));
  const runs = await create(['sleep', '3600'], true);
  add(
    bounded(
      'one event -> the patched model, among 301 containers',
      await eventTimes(engine, host, runs, rounds),
      { unit: 'ms', atMost: 5 },
    ),
  );

  say('  writing 200 MB of log');
  const line = `${'x'.repeat(99)}\n`;
  const writer = await create(['sh', '-c', `yes ${line.trim()} | head -c ${200 * megabyte}`], true);
  await api(host, 'POST', `/containers/${writer}/wait`, { timeout: 600_000 });
  const all = await inTurn(
    rounds,
    async () => 200_000 / (await ours('logs', writer)).ms,
    async () => 200_000 / (await docker('logs', writer)),
  );
  add(compared('logs of 200 MB, to a counting sink', at(all, 0), at(all, 1), { unit: 'MB/s', atLeast: 1.2 }));
  const tail = await inTurn(
    rounds,
    async () => (await ours('logs', writer, '1000')).ms,
    () => docker('logs', '--tail', '1000', writer),
  );
  add(compared('the last 1,000 lines of them', at(tail, 0), at(tail, 1), { unit: 'ms', atMost: 0.15 }));

  const files = path.join(folder, 'files');
  mkdirSync(path.join(files, 'small'), { recursive: true });
  writeFileSync(path.join(files, 'big'), Buffer.alloc(200 * megabyte, 'quayside'));
  for (let i = 0; i < 10_000; i++)
    writeFileSync(path.join(files, 'small', `file-${i}`), Buffer.alloc(1000, i % 256));
  const target = path.join(folder, 'out');
  const fresh = () => {
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
  };
  for (const [what, name, megabytes] of /** @type {const} */ ([
    ['one 200 MB file', 'big', 200],
    ['10,000 files of 1 KB', 'small', 10],
  ])) {
    const source = path.join(files, name);
    const into = await inTurn(
      rounds,
      async () => (megabytes * 1000) / (await ours('copyTo', runs, source, '/tmp')).ms,
      async () => (megabytes * 1000) / (await docker('cp', source, `${runs}:/tmp`)),
    );
    add(compared(`copy in: ${what}`, at(into, 0), at(into, 1), { unit: 'MB/s', atLeast: 1 }));
    const out = await inTurn(
      rounds,
      async () => (fresh(), (megabytes * 1000) / (await ours('copyFrom', runs, `/tmp/${name}`, target)).ms),
      async () => (fresh(), (megabytes * 1000) / (await docker('cp', `${runs}:/tmp/${name}`, target))),
    );
    add(compared(`copy out: ${what}`, at(out, 0), at(out, 1), { unit: 'MB/s', atLeast: 1 }));
  }

  const fifty = await Promise.all(Array.from({ length: 50 }, () => create(['sleep', '3600'], true)));
  const stats = await inTurn(
    1,
    async () => (await ours('stats', '20', ...fifty)).cpuMs,
    () => cpuOf(cli, ['stats', '--no-trunc', ...fifty], env, 20),
  );
  add(
    compared('CPU for the stats of 50 containers, 20 s', at(stats, 0), at(stats, 1), {
      unit: 'ms',
      atMost: 1,
    }),
  );
  add(
    bounded(
      'peak memory of all of these, over an idle process',
      [Math.round(Math.max(...peaks) - idle.peakMb)],
      { unit: 'MB', atMost: 64 },
    ),
  );
  engine.dispose();
  return rows;
}

/** @param {number[][]} values @param {number} index */
const at = (values, index) => values[index] ?? [];

/** From the arrival of an event to the model that shows it. @param {import('../../src/engine/engine').Engine} engine @param {string} host @param {string} id @param {number} rounds */
async function eventTimes(engine, host, id, rounds) {
  const watch = engine.model.watch('containers');
  await new Promise((resolve) =>
    engine.model.onDidChangeState(({ kind }) => kind === 'connected' && resolve(undefined)),
  );
  const times = [];
  for (let round = 0; round < rounds; round++) {
    // A pause between, or the model takes it for a burst and waits on purpose.
    await wait(1100);
    const took = new Promise((/** @type {(ms: number) => void} */ resolve) => {
      const event = engine.model.onEvent(() => {
        const began = performance.now();
        event.dispose();
        const change = engine.model.containers.onDidChange(() => {
          change.dispose();
          resolve(performance.now() - began);
        });
      });
    });
    await api(host, 'POST', `/containers/${id}/${round % 2 ? 'unpause' : 'pause'}`);
    times.push(await took);
  }
  if (median(times) > 0 && rounds % 2) await api(host, 'POST', `/containers/${id}/unpause`);
  watch.dispose();
  return times;
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

/** CPU a program used in so many seconds, as Linux counts it; ms. @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} env @param {number} seconds */
async function cpuOf(command, args, env, seconds) {
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  await wait(seconds * 1000);
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  child.kill();
  const ticks = Number(fields[11]) + Number(fields[12]);
  return ticks * 10;
}
