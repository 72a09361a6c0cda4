import type { Engine } from '../../engine/engine';
import type { ImageLayer } from '../../ids';

/**
 * The instructions of an image, oldest first, with the layers they made. The engine tells both in lists of their own: the
 * layers belong, in order, to the instructions that made one.
 */
export async function layersOf(engine: Engine, id: string): Promise<ImageLayer[]> {
  const [history, inspected] = await Promise.all([engine.images.history(id), engine.images.inspect(id)]);
  const { Layers = [] } = (inspected['RootFS'] ?? {}) as { Layers?: readonly string[] };
  const rows = [...history].reverse();
  const made = rows.filter(({ size, createdBy }) => size > 0 || MAKES.test(createdBy));
  // With as many layers as instructions that can make one it is certain; else those with a size come first.
  const owners = new Set(made.length === Layers.length ? made : rows.filter(({ size }) => size > 0));
  const digests = Layers.values();
  return rows.map((row) => ({
    digest: owners.has(row) ? (digests.next().value ?? '') : '',
    createdBy: row.createdBy,
    size: row.size,
    created: row.created,
  }));
}

/** Instructions that make a layer even when it is empty, in the words of both builders. */
const MAKES = /^(?:RUN|COPY|ADD|WORKDIR)\b|^\/bin\/sh -c (?!#\(nop\))|#\(nop\)\s+(?:COPY|ADD|WORKDIR)\b/;
