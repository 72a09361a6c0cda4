import { IMPLIED, type LayerFiles } from './layerFiles';
import { ROOT, type Paths } from './paths';

const NOBODY = -1;

/** A file system as it is after some layers: for every path, which layer has what is there. */
export class FileState {
  readonly paths: Paths;
  readonly #layers: readonly (LayerFiles | undefined)[];
  /** By path: the index of the layer, and the row in it. */
  readonly #owner: Int32Array;
  readonly #row: Int32Array;
  /** What a layer hides is told here, one path at a time: not directories. */
  readonly #onHide: ((path: number) => void) | undefined;

  /** `layers`: the lowest first; one that cannot be read changes nothing. */
  constructor(
    paths: Paths,
    layers: readonly (LayerFiles | undefined)[],
    count = layers.length,
    onHide?: (path: number) => void,
  ) {
    this.paths = paths;
    this.#layers = layers;
    this.#onHide = onHide;
    this.#owner = new Int32Array(paths.size).fill(NOBODY);
    this.#row = new Int32Array(paths.size).fill(IMPLIED);
    this.#owner[ROOT] = 0;
    for (let layer = 0; layer < count; layer++) this.apply(layer);
  }

  has(path: number): boolean {
    return (this.#owner[path] ?? NOBODY) !== NOBODY;
  }

  layerOf(path: number): number {
    return this.#owner[path] ?? NOBODY;
  }

  /** Where it is in its layer; `IMPLIED` for a directory that only is there because of what is in it. */
  rowOf(path: number): number {
    return this.#row[path] ?? IMPLIED;
  }

  filesOf(path: number): LayerFiles | undefined {
    return this.#layers[this.layerOf(path)];
  }

  isDirectory(path: number): boolean {
    return this.has(path) && (this.filesOf(path)?.isDirectory(this.rowOf(path)) ?? true);
  }

  sizeOf(path: number): number {
    return this.filesOf(path)?.sizes[this.rowOf(path)] ?? 0;
  }

  /** Put one more layer on top. Its whiteouts mean what is below it, wherever they stand in its archive. */
  apply(layer: number): void {
    const files = this.#layers[layer];
    if (!files) return;
    for (const path of files.opaque) this.#clear(path);
    for (const path of files.gone) this.#remove(path);
    for (const [row, path] of files.paths.entries()) {
      if (!files.isDirectory(row)) this.#clear(path);
      else this.#hideFile(path);
      this.#imply(this.paths.parent(path), layer);
      this.#owner[path] = layer;
      this.#row[path] = row;
    }
  }

  #imply(path: number, layer: number): void {
    for (let at = path; at !== ROOT; at = this.paths.parent(at)) {
      if (this.isDirectory(at)) return;
      this.#hideFile(at);
      this.#owner[at] = layer;
      this.#row[at] = IMPLIED;
    }
  }

  #remove(path: number): void {
    this.#clear(path);
    if (!this.has(path) || path === ROOT) return;
    this.#hideFile(path);
    this.#owner[path] = NOBODY;
    this.#row[path] = IMPLIED;
  }

  #hideFile(path: number): void {
    if (this.has(path) && !this.isDirectory(path)) this.#onHide?.(path);
  }

  /** Take away all that is below it. A hostile image may nest deeper than calls can. */
  #clear(path: number): void {
    if (!this.isDirectory(path)) return;
    const found: number[] = [path];
    for (let at = 0; at < found.length; at++)
      for (const child of this.paths.below(found[at] ?? ROOT)) if (this.has(child)) found.push(child);
    for (let at = found.length - 1; at > 0; at--) {
      const child = found[at] ?? ROOT;
      this.#hideFile(child);
      this.#owner[child] = NOBODY;
      this.#row[child] = IMPLIED;
    }
  }
}
