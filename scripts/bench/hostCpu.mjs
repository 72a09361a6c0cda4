// What the extension host of an editor costs, as Linux counts it.
import { readdirSync, readFileSync } from 'node:fs';

/** CPU of a process, and of the children it has had, in hundredths of a second. @param {number} pid */
export function ticks(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return { own: Number(fields[11]) + Number(fields[12]), children: Number(fields[13]) + Number(fields[14]) };
}

/** The extension hosts below an editor's server. @param {number} pid @returns {number[]} */
export function extensionHosts(pid) {
  const parents = new Map();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const fields = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      parents.set(Number(name), Number(fields[1]));
    } catch {
      // Ended meanwhile.
    }
  }
  const below = (/** @type {number} */ one) => {
    for (let up = one; up > 1; up = parents.get(up) ?? 0) if (up === pid) return true;
    return false;
  };
  return [...parents.keys()].filter((one) => below(one) && commandOf(one).includes('extensionHost'));
}

/** @param {number} pid */
function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
