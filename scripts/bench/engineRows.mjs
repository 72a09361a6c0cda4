// The engine layer against the docker CLI, on the same engine in the same run.
import { say } from '../rig/say.mjs';
import { makeBed } from './engine/bed.mjs';
import { buildRows } from './engine/buildRows.mjs';
import { copyRows } from './engine/copyRows.mjs';
import { lensRows } from './engine/lensRows.mjs';
import { logRows } from './engine/logRows.mjs';
import { modelRows } from './engine/modelRows.mjs';
import { statsRows } from './engine/statsRows.mjs';
import { terminalRows } from './engine/terminalRows.mjs';
import { bounded } from './measure.mjs';

/** @typedef {(bed: import('./engine/bed.mjs').Bed) => AsyncGenerator<import('./measure.mjs').Row, void>} Rows */

/** @type {Readonly<Record<string, Rows>>} */
const groups = {
  model: modelRows,
  logs: logRows,
  copy: copyRows,
  build: buildRows,
  lens: lensRows,
  stats: statsRows,
  terminal: terminalRows,
};

/**
 * @param {object} options
 * @param {string} options.root the checkout
 * @param {string} options.host the engine's, which is ours alone
 * @param {string} options.folder for files
 * @param {number} options.rounds
 * @param {readonly string[]} options.only names of groups; none for all
 * @returns {Promise<import('./measure.mjs').Row[]>}
 */
export async function engineRows({ only, ...options }) {
  const bed = await makeBed(options);
  const idle = await bed.ours('idle');
  const wanted = only.filter((name) => name in groups);
  /** @type {import('./measure.mjs').Row[]} */
  const rows = [];
  for (const [name, group] of Object.entries(groups)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    for await (const row of group(bed)) {
      rows.push(row);
      say(`  ${row.what}: ${row.ours} beside ${row.theirs || row.goal}  ${row.ratio}`);
    }
  }
  const over = Math.round(Math.max(...bed.peaks) - idle.peakMb);
  rows.push(bounded('peak memory of all of these, over an idle process', [over], { unit: 'MB', atMost: 64 }));
  return rows;
}
