import type { LayerFiles } from './layerFiles';
import type { Paths } from './paths';
import type { Efficiency, WastedPath } from './shapes';
import { FileState } from './state';

/**
 * How much of what an image carries it needs, by the measure of dive (`dive/filetree/efficiency.go`): for each path the
 * smallest size it ever had, against the sum of all sizes it had; taken away counts as a size of 0. Other than there, a
 * directory that is taken away counts as each of its files: to dive it is as if nothing had been lost.
 */
export function efficiencyOf(paths: Paths, layers: readonly (LayerFiles | undefined)[]): Efficiency {
  const sums = new Float64Array(paths.size);
  const least = new Float64Array(paths.size).fill(Infinity);
  const times = new Uint32Array(paths.size);
  const last = new Int32Array(paths.size);
  let layer = 0;
  const see = (path: number, size: number): void => {
    sums[path] = (sums[path] ?? 0) + size;
    least[path] = Math.min(least[path] ?? 0, size);
    times[path] = (times[path] ?? 0) + 1;
    last[path] = layer;
  };
  const state = new FileState(paths, layers, 0, (path) => see(path, 0));
  for (const files of layers) {
    state.apply(layer);
    for (const [row, path] of files?.paths.entries() ?? [])
      if (files?.isDirectory(row) === false) see(path, files.sizes[row] ?? 0);
    layer++;
  }
  let needed = 0;
  let bytes = 0;
  let visible = 0;
  const found: WastedPath[] = [];
  for (let path = 0; path < paths.size; path++) {
    const count = times[path] ?? 0;
    if (count === 0) continue;
    const sum = sums[path] ?? 0;
    const seen = state.has(path) && !state.isDirectory(path) ? state.sizeOf(path) : 0;
    needed += least[path] ?? 0;
    bytes += sum;
    visible += seen;
    if (count > 1 && sum > 0)
      found.push({
        path: paths.text(path),
        times: count,
        layer: last[path] ?? 0,
        bytes: sum,
        hidden: sum - seen,
      });
  }
  found.sort((a, b) => b.bytes - a.bytes);
  return {
    score: bytes === 0 ? 1 : needed / bytes,
    wasted: found.reduce((sum, { bytes: own }) => sum + own, 0),
    hidden: bytes - visible,
    bytes,
    paths: found,
  };
}
