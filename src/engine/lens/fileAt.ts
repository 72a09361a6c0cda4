import { posix } from 'node:path';
import { EngineError, sentence } from '../errors';
import { TYPES } from './layerFiles';
import type { Paths } from './paths';
import type { LensImage } from './readImages';
import { FileState } from './state';

/** Where the content of a file is. */
export interface PlacedFile {
  /** Name in the archive of the layer that has it. */
  readonly blob: string;
  /** Absolute, in that layer. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
}

/** As many links as Linux follows. */
const MOST_LINKS = 40;

/**
 * The file at a path as a layer shows it, in whichever layer it lies; symlinks and hard links are followed. What a layer
 * has removed is taken as it was before. Kind `notFound` for a link that leads nowhere, `invalid` for what has no
 * content.
 */
export function fileAt(paths: Paths, image: LensImage, layer: number, path: string): PlacedFile {
  let state = new FileState(paths, image.files, layer + 1);
  let at = path;
  for (let turns = 0; turns < MOST_LINKS; turns++) {
    const found = paths.find(at);
    if (found !== undefined && !state.has(found) && turns === 0)
      state = new FileState(paths, image.files, layer);
    if (found === undefined || !state.has(found)) break;
    const files = state.filesOf(found);
    const row = state.rowOf(found);
    const type = TYPES[files?.types[row] ?? -1];
    const target = files?.links.get(row) ?? '';
    if (type === 'symlink') at = posix.resolve('/', posix.dirname(at), target);
    else if (type === 'link') at = posix.resolve('/', target);
    else if (type === 'file')
      return {
        blob: image.layers[state.layerOf(found)]?.blob ?? '',
        path: paths.text(found),
        size: state.sizeOf(found),
      };
    else throw new EngineError('invalid', sentence('"{0}" is no file that could be opened.', path));
  }
  throw new EngineError('notFound', sentence('"{0}" leads to "{1}", which is not in the image.', path, at));
}
