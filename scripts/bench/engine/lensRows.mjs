import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { bounded, compared, inTurn, timed } from '../measure.mjs';

const NAME = 'quayside-bench/layers:latest';
const image = path.join(path.dirname(fileURLToPath(import.meta.url)), 'lensImage.mjs');

/** @type {import('../engineRows.mjs').Rows} */
export async function* lensRows(bed) {
  await load(bed);
  const idle = await bed.ours('idle');
  /** @type {number[]} */
  const peaks = [];
  /** @type {number[]} */
  const outlines = [];
  const [ours = [], cli = []] = await inTurn(
    bed.rounds,
    async () => {
      outlines.push((await bed.ours('lensOutline', NAME)).ms);
      // Its memory is a row of its own.
      const { ms, peakMb } = await bed.ours('lens', NAME);
      peaks.push(peakMb - idle.peakMb);
      bed.peaks.pop();
      return ms;
    },
    () => timed(() => saveAndList(bed)),
  );
  yield compared(
    'image of 1 GB, 30 layers, 45,000 files: its trees, beside `docker save` into `tar t`',
    ours,
    cli,
    {
      unit: 'ms',
      atMost: 1.2,
    },
  );
  yield bounded('the same: memory over an idle process', [Math.round(Math.max(...peaks))], {
    unit: 'MB',
    atMost: 150,
  });
  yield bounded('the same: its layers, before its files', outlines.slice(1), { unit: 'ms', atMost: 200 });
}

/** @param {import('./bed.mjs').Bed} bed */
async function load({ cli, env }) {
  // In a process of its own: what is started by a large one seems to be as large.
  const made = spawn(process.execPath, [image, NAME], { stdio: ['ignore', 'pipe', 'inherit'] });
  const loading = spawn(cli, ['load', '--quiet'], { env, stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(loading, 'exit');
  await pipeline(made.stdout, loading.stdin);
  const [code] = await ended;
  if (code !== 0) throw new Error(`docker load ended with ${code}`);
}

/**
 * What one does without us: the list of what is in the archive. Its layers are archives within it, so this lists 30
 * names only, and reads as many bytes. @param {import('./bed.mjs').Bed} bed
 */
async function saveAndList({ cli, env }) {
  const save = spawn(cli, ['save', NAME], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  const list = spawn('tar', ['t'], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = once(list, 'exit');
  await pipeline(save.stdout, list.stdin);
  await ended;
}
