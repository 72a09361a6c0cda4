import type { Engine } from '../../engine/engine';
import { outlineOf } from '../../engine/lens/outline';
import type { ImageLayer } from '../../ids';

/** The instructions of an image, oldest first, with the layers they made. */
export async function layersOf(engine: Engine, id: string): Promise<ImageLayer[]> {
  const { rows, layers } = await outlineOf(engine, id);
  return rows.map(({ createdBy, size, created, layer }) => ({
    digest: layer === undefined ? '' : (layers[layer] ?? ''),
    createdBy,
    size,
    created,
  }));
}
