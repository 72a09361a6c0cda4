import type { Engine } from '../../engine/engine';
import { EngineError, sentence } from '../../engine/errors';
import { compareFiles } from '../../engine/lens/compare';
import { efficiencyOf } from '../../engine/lens/efficiency';
import { fileAt, type PlacedFile } from '../../engine/lens/fileAt';
import type { LensOutline } from '../../engine/lens/outline';
import { Paths } from '../../engine/lens/paths';
import { readImages, type LensImage } from '../../engine/lens/readImages';
import { FileState } from '../../engine/lens/state';
import type { Efficiency, FileTree } from '../../engine/lens/shapes';
import { treeOf } from '../../engine/lens/tree';

/** Images that were read together: one, or two to be compared. */
export class LensSession {
  readonly #paths: Paths;
  readonly #images: readonly LensImage[];

  private constructor(paths: Paths, images: readonly LensImage[]) {
    this.#paths = paths;
    this.#images = images;
  }

  /** Both of one engine come in one stream, with the layers they share only once in it. */
  static async read(
    sources: readonly { readonly engine: Engine; readonly outline: LensOutline }[],
    onProgress: (bytes: number) => void,
    signal?: AbortSignal,
  ): Promise<LensSession> {
    const paths = new Paths();
    const [first] = sources;
    if (first && sources.every(({ engine }) => engine === first.engine)) {
      const outlines = sources.map(({ outline }) => outline);
      return new LensSession(paths, await readImages(first.engine, outlines, paths, { onProgress }, signal));
    }
    const images: LensImage[] = [];
    let before = 0;
    for (const { engine, outline } of sources) {
      let own = 0;
      const told = (bytes: number): void => onProgress(before + (own = bytes));
      images.push(...(await readImages(engine, [outline], paths, { onProgress: told }, signal)));
      before += own;
    }
    return new LensSession(paths, images);
  }

  get images(): readonly LensImage[] {
    return this.#images;
  }

  efficiency(): Efficiency {
    return efficiencyOf(this.#paths, this.#image(0).files);
  }

  /** What a layer does to those below it. */
  tree(layer: number, changes: boolean): FileTree {
    const { files } = this.#image(0);
    const at = (count: number): FileState => new FileState(this.#paths, files, count);
    return treeOf(at(layer), at(layer + 1), { onlyChanges: changes });
  }

  difference(): FileTree {
    return compareFiles(this.#paths, this.#image(0), this.#image(1));
  }

  /** The file that is at a path once that layer is on top; links are followed. */
  file(image: number, layer: number, path: string): PlacedFile {
    return fileAt(this.#paths, this.#image(image), layer, path);
  }

  #image(index: number): LensImage {
    const image = this.#images[index];
    if (image) return image;
    throw new EngineError('invalid', sentence('There is no image to compare with.'));
  }
}
