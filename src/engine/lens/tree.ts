import { DIRECTORY, IMPLIED, type LayerFiles } from './layerFiles';
import { ROOT } from './paths';
import type { FileTree, Mark } from './shapes';
import type { FileState } from './state';

/** By their number in a tree. */
export const MARKS: readonly Mark[] = ['same', 'added', 'changed', 'removed'];

const SAME = MARKS.indexOf('same');
const ADDED = MARKS.indexOf('added');
const CHANGED = MARKS.indexOf('changed');
const REMOVED = MARKS.indexOf('removed');

export interface TreeOptions {
  /** Leave out what is the same, and what has nothing else below it. */
  readonly onlyChanges?: boolean;
  /** Whether two entries count as the same file although they are not one entry. */
  readonly same?: (a: LayerFiles, rowA: number, b: LayerFiles, rowB: number) => boolean;
}

/** What is in `after`, and what of `before` is not there any more. Both over the same paths. */
export function treeOf(before: FileState, after: FileState, options: TreeOptions = {}): FileTree {
  const { paths } = after;
  const marks = new Uint8Array(paths.size);
  const shown = new Uint8Array(paths.size);
  const sizes = new Float64Array(paths.size);
  const former = new Float64Array(paths.size);
  let count = 0;
  // A path is known later than its parent, so backwards every directory comes after all that is in it.
  for (let path = paths.size - 1; path > ROOT; path--) {
    const mark = markOf(before, after, path, options);
    if (mark === undefined) continue;
    marks[path] = mark;
    if (mark !== SAME || options.onlyChanges !== true) shown[path] = 1;
    if (shown[path] !== 1) continue;
    count++;
    const parent = paths.parent(path);
    shown[parent] = 1;
    const own = mark === REMOVED ? before : after;
    if (!own.isDirectory(path)) sizes[path] = own.sizeOf(path);
    if (before.has(path) && !before.isDirectory(path)) former[path] = before.sizeOf(path);
    // What was removed counts where its directory went with it, and not in one that is still there.
    if (mark !== REMOVED || !after.has(parent)) add(sizes, parent, sizes[path] ?? 0);
    add(former, parent, former[path] ?? 0);
  }
  return columns(before, after, { marks, shown, sizes, former, count });
}

interface Found {
  readonly marks: Uint8Array;
  readonly shown: Uint8Array;
  readonly sizes: Float64Array;
  readonly former: Float64Array;
  readonly count: number;
}

function columns(before: FileState, after: FileState, found: Found): FileTree {
  const { paths } = after;
  const { count } = found;
  const names: string[] = [];
  const links: [number, string][] = [];
  const tree = {
    depths: new Uint32Array(count),
    marks: new Uint8Array(count),
    types: new Uint8Array(count),
    sizes: new Float64Array(count),
    before: new Float64Array(count),
    modes: new Uint16Array(count),
    uids: new Float64Array(count),
    gids: new Float64Array(count),
    layers: new Int32Array(count),
  };
  const counts = { same: 0, added: 0, changed: 0, removed: 0 };
  const inOrder = (path: number): number[] =>
    [...paths.below(path)]
      .filter((child) => found.shown[child] === 1)
      .sort((a, b) => (paths.name(a) < paths.name(b) ? 1 : -1));
  const waiting = inOrder(ROOT).map((path) => ({ path, depth: 0 }));
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { path, depth } = next;
    const row = names.length;
    const mark = found.marks[path] ?? SAME;
    const state = mark === REMOVED ? before : after;
    const files = state.filesOf(path);
    const at = state.rowOf(path);
    names.push(paths.name(path));
    tree.depths[row] = depth;
    tree.marks[row] = mark;
    tree.types[row] = at === IMPLIED ? DIRECTORY : (files?.types[at] ?? DIRECTORY);
    tree.sizes[row] = found.sizes[path] ?? 0;
    tree.before[row] = found.former[path] ?? 0;
    tree.modes[row] = files?.modes[at] ?? 0o755;
    tree.uids[row] = files?.uids[at] ?? 0;
    tree.gids[row] = files?.gids[at] ?? 0;
    tree.layers[row] = state.layerOf(path);
    const link = files?.links.get(at);
    if (link !== undefined) links.push([row, link]);
    if (!state.isDirectory(path)) counts[MARKS[mark] ?? 'same']++;
    for (const child of inOrder(path)) waiting.push({ path: child, depth: depth + 1 });
  }
  return { names: names.join('/'), ...tree, links, counts };
}

function markOf(
  before: FileState,
  after: FileState,
  path: number,
  { same }: TreeOptions,
): number | undefined {
  if (!after.has(path)) return before.has(path) ? REMOVED : undefined;
  if (!before.has(path)) return ADDED;
  const [a, rowA] = [before.filesOf(path), before.rowOf(path)];
  const [b, rowB] = [after.filesOf(path), after.rowOf(path)];
  if (a === b && rowA === rowB) return SAME;
  if (before.isDirectory(path) && after.isDirectory(path))
    return !a || !b || rowA === IMPLIED || rowB === IMPLIED || sameOwner(a, rowA, b, rowB) ? SAME : CHANGED;
  return a && b && same?.(a, rowA, b, rowB) === true ? SAME : CHANGED;
}

/** Mode, user and group. */
function sameOwner(a: LayerFiles, rowA: number, b: LayerFiles, rowB: number): boolean {
  return a.modes[rowA] === b.modes[rowB] && a.uids[rowA] === b.uids[rowB] && a.gids[rowA] === b.gids[rowB];
}

/** The same file for whoever runs the image; when it was written does not count. */
export function sameFile(a: LayerFiles, rowA: number, b: LayerFiles, rowB: number): boolean {
  return (
    a.types[rowA] === b.types[rowB] &&
    a.sizes[rowA] === b.sizes[rowB] &&
    a.sums[rowA] === b.sums[rowB] &&
    a.links.get(rowA) === b.links.get(rowB) &&
    sameOwner(a, rowA, b, rowB)
  );
}

function add(sums: Float64Array, at: number, value: number): void {
  sums[at] = (sums[at] ?? 0) + value;
}

/** The rows of a tree with their paths, which are absolute. */
export function* pathsOf({ names, depths }: FileTree): Generator<[row: number, path: string]> {
  if (depths.length === 0) return;
  const above: string[] = [];
  for (const [row, name] of names.split('/').entries()) {
    const depth = depths[row] ?? 0;
    above.length = depth;
    above.push(name);
    yield [row, `/${above.join('/')}`];
  }
}

export function isDirectory({ types }: FileTree, row: number): boolean {
  return types[row] === DIRECTORY;
}
