import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { compared, inTurn } from '../measure.mjs';

const seconds = 20;

/** @type {import('../engineRows.mjs').Rows} */
export async function* statsRows(bed) {
  const fifty = await Promise.all(Array.from({ length: 50 }, () => bed.create(['sleep', '3600'], true)));
  const [cpu = [], cliCpu = []] = await inTurn(
    bed.rounds,
    async () => (await bed.ours('stats', String(seconds), ...fifty)).cpuMs,
    () => cpuOf(bed.cli, ['stats', '--no-trunc', ...fifty], bed.env),
  );
  yield compared('CPU for the stats of 50 containers, 20 s', cpu, cliCpu, { unit: 'ms', atMost: 1 });
}

/** CPU that a program has used after so many seconds, as Linux counts it; ms. @param {string} command @param {string[]} args @param {NodeJS.ProcessEnv} env */
async function cpuOf(command, args, env) {
  const child = spawn(command, args, { env, stdio: ['ignore', 'ignore', 'inherit'] });
  await wait(seconds * 1000);
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  child.kill();
  const ticks = Number(fields[11]) + Number(fields[12]);
  return ticks * 10;
}
