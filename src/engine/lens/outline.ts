import type { Engine } from '../engine';
import { number, record, text, texts, type Json } from '../wire/read';
import { layersOfRows } from './layerRows';
import { platformOf, type Platform } from './platform';

/** One instruction of an image, as far as the engine tells without its files. */
export interface LensRow {
  readonly createdBy: string;
  /** ms since 1970. */
  readonly created: number;
  /** Bytes. */
  readonly size: number;
  /** Of the layer that it has made: an index; `undefined` for one that has made none. */
  readonly layer: number | undefined;
}

/** An image as its history and its configuration tell of it. */
export interface LensOutline {
  readonly id: string;
  readonly tags: readonly string[];
  readonly platform: Platform;
  /** Bytes. */
  readonly size: number;
  /** Digests of what the layers unpack to, the lowest first. */
  readonly layers: readonly string[];
  /** The oldest first. */
  readonly rows: readonly LensRow[];
  /** The inspect object. */
  readonly inspected: Json;
}

/** What can be said of an image at once. Rejects with `notFound` when the engine does not have it. */
export async function outlineOf(
  engine: Engine,
  reference: string,
  signal?: AbortSignal,
): Promise<LensOutline> {
  const [inspected, history] = await Promise.all([
    engine.images.inspect(reference, signal),
    engine.images.history(reference, signal),
  ]);
  const layers = texts(record(inspected['RootFS'])['Layers']);
  const rows = [...history].reverse();
  const made = layersOfRows(rows, layers.length);
  return {
    id: text(inspected['Id']),
    tags: texts(inspected['RepoTags']).filter((tag) => !tag.startsWith('<none>')),
    platform: platformOf(inspected),
    size: number(inspected['Size']),
    layers,
    rows: rows.map(({ createdBy, created, size }, index) => ({
      createdBy,
      created,
      size,
      layer: made[index],
    })),
    inspected,
  };
}
