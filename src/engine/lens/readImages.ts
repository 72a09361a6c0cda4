import type { Engine } from '../engine';
import { TarReader } from '../streams/tar/reader';
import { readArchive, type Archive } from './archive';
import { explained } from './explained';
import type { LayerFiles } from './layerFiles';
import { layersOfRows } from './layerRows';
import { imageIn, type ArchivedImage } from './manifests';
import type { LensOutline, LensRow } from './outline';
import type { Paths } from './paths';
import type { Platform } from './platform';

/** An image with the files of its layers. */
export interface LensImage extends ArchivedImage {
  readonly files: readonly (LayerFiles | undefined)[];
}

export interface ReadOptions {
  /** Of an image for several platforms, this one; default its own. */
  readonly platform?: Platform;
  /** Bytes that have come so far. */
  readonly onProgress?: (bytes: number) => void;
}

/**
 * Read the files of images out of the engine's own archive of them (`GET /images/get`, as `docker save`): one stream,
 * read once, contents only passed over. `paths` takes the paths of all of them, so that images can be compared. Rejects
 * with `notFound` for an image that is not or no longer there, `protocol` for what cannot be read; a layer that cannot be
 * read says so itself.
 */
export async function readImages(
  engine: Engine,
  outlines: readonly LensOutline[],
  paths: Paths,
  { platform, onProgress }: ReadOptions = {},
  signal?: AbortSignal,
): Promise<LensImage[]> {
  const ids = [...new Set(outlines.map(({ id }) => id))];
  try {
    const stream = await engine.images.save(ids, signal);
    let bytes = 0;
    stream.on('data', (chunk: Buffer) => onProgress?.((bytes += chunk.length)));
    const archive = await readArchive(new TarReader(stream, signal), paths);
    return outlines.map((outline) => withFiles(archive, outline, platform));
  } catch (error) {
    throw await explained(error, engine, outlines, signal);
  }
}

function withFiles(archive: Archive, { id, platform: own }: LensOutline, platform = own): LensImage {
  const image = imageIn(archive, id, platform);
  const files = image.layers.map(({ content }) => ('files' in content ? content.files : undefined));
  return { ...image, files };
}

/** The rows again, now that the image's own configuration says which of them have made a layer. */
export function exactRows({ rows }: LensOutline, image: ArchivedImage): readonly LensRow[] {
  const made = layersOfRows(
    rows,
    image.layers.length,
    image.history.map(({ empty }) => empty),
  );
  return rows.map((row, index) => ({ ...row, layer: made[index] }));
}
