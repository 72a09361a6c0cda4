import type { Engine } from '../engine';
import { EngineError } from '../errors';
import { IMAGES } from '../model/kinds';
import { shortId } from '../run/names';
import { record, texts } from '../wire/read';

/** Requests under way at a time. */
const AT_ONCE = 8;

/** Layers of an image never change, so they are asked for once. */
const known = new WeakMap<Engine, Map<string, readonly string[]>>();

/**
 * For each of these layers (`RootFS.Layers`, the lowest first), the other images of the engine that share it: an engine
 * stores a layer once for all images that have it on top of the same layers. Images are named by their tags.
 */
export async function sharersOf(
  engine: Engine,
  id: string,
  layers: readonly string[],
  signal?: AbortSignal,
): Promise<readonly (readonly string[])[]> {
  const found = layers.map(() => [] as string[]);
  const cache = known.get(engine) ?? new Map<string, readonly string[]>();
  known.set(engine, cache);
  const images = (await IMAGES.list(engine.requests, signal)).filter((image) => image.id !== id);
  const present = new Set(images.map((image) => image.id));
  for (const gone of [...cache.keys()].filter((key) => !present.has(key))) cache.delete(gone);
  const waiting = [...images].reverse();
  const worker = async (): Promise<void> => {
    for (let image = waiting.pop(); image; image = waiting.pop()) {
      const own = cache.get(image.id) ?? (await layersOf(engine, image.id, signal));
      cache.set(image.id, own);
      const name = image.tags.join(', ') || shortId(image.id);
      for (let at = 0; at < layers.length && own[at] === layers[at]; at++) found[at]?.push(name);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return found.map((names) => names.sort());
}

/** None of an image that has gone meanwhile. */
async function layersOf(engine: Engine, id: string, signal?: AbortSignal): Promise<readonly string[]> {
  try {
    return texts(record((await engine.images.inspect(id, signal))['RootFS'])['Layers']);
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'notFound') return [];
    throw error;
  }
}
