import type { Engine } from '../engine';
import { EngineError, sentence } from '../errors';
import { Tally, type Copied, type OnProgress } from '../files/tally';
import { VOLUMES } from '../model/kinds';
import type { Volume } from '../model/types';
import { TarReader } from '../streams/tar/reader';
import { contentOf, fill } from './content';
import { PLACE, withVolume } from './helper';

/** Labels that say to whom the original belongs, and how it came to be: the copy is somebody else's. */
const NOT_INHERITED = /^(?:com\.docker\.compose\.|com\.docker\.stack\.|com\.docker\.volume\.anonymous$)/;

/**
 * A new volume of the local driver with all that is in another: owners, modes, times, links. Driver options are not
 * taken over, for with them both would be the same directory. `conflict` when the name is taken; a copy that fails
 * leaves no volume.
 */
export async function cloneVolume(
  engine: Engine,
  from: string,
  to: string,
  onProgress?: OnProgress,
  signal?: AbortSignal,
): Promise<Copied> {
  const { labels } = await volumeOf(engine, from, signal);
  await refuseTaken(engine, to, signal);
  const own = Object.fromEntries(Object.entries(labels).filter(([key]) => !NOT_INHERITED.test(key)));
  const tally = new Tally(onProgress);
  await engine.volumes.create({ name: to, labels: own }, signal);
  try {
    return await withVolume(
      engine,
      from,
      {},
      (source) =>
        withVolume(
          engine,
          to,
          { write: true },
          async (target) => {
            const archive = contentOf(engine, source, new Tally(), signal);
            await fill(engine, target, new TarReader(archive, signal), tally, signal);
            return tally.copied;
          },
          signal,
        ),
      signal,
    );
  } catch (error) {
    await engine.volumes.remove(to);
    throw error;
  }
}

/** `conflict` when there is a volume of this name: the engine would answer that one instead of making another. */
export async function refuseTaken(engine: Engine, name: string, signal?: AbortSignal): Promise<void> {
  const all = await VOLUMES.list(engine.requests, signal);
  if (all.some((volume) => volume.name === name))
    throw new EngineError(
      'conflict',
      sentence('There is a volume "{0}" already. Choose another name.', name),
    );
}

/** A volume as lists have it; `notFound`. */
export async function volumeOf(engine: Engine, name: string, signal?: AbortSignal): Promise<Volume> {
  const { found } = await VOLUMES.fetch(engine.requests, [name], signal ?? new AbortController().signal);
  const [volume] = found;
  if (volume) return volume;
  throw new EngineError(
    'notFound',
    sentence('There is no volume "{0}" on this engine. Check its name.', name),
  );
}

/** What is below a path of a volume, for copies. `/` alone means all that is in it. */
export function inPlace(path: string): string {
  const below = path.replace(/^\/+/, '');
  return below === '' ? `${PLACE}/.` : `${PLACE}/${below}`;
}
