import type { Engine } from '../../engine/engine';
import { EngineError, sentence } from '../../engine/errors';
import { listImages } from '../listing';

/** Where the volume is in the helper. */
const PLACE = '/volume';

/**
 * Does `work` with the files of a volume, below the path it is given. The engine shows files of containers only, so a
 * container is made for it, of any image that is there; it never runs, has no network, and is always removed again.
 */
export async function withVolume<T>(
  engine: Engine,
  volume: string,
  work: (container: string, root: string) => Promise<T>,
): Promise<T> {
  await engine.volumes.inspect(volume); // The engine would make one that is not there.
  const [image] = [...(await listImages(engine))].sort((a, b) => a.size - b.size);
  if (!image)
    throw new EngineError(
      'notFound',
      sentence('To look into a volume the engine needs an image, and has none. Pull any image first.'),
    );
  const { id } = await engine.containers.create({
    query: {},
    body: {
      Image: image.id,
      Cmd: ['never-run'],
      Labels: { 'dev.quayside.helper': volume },
      NetworkDisabled: true,
      HostConfig: { Mounts: [{ Type: 'volume', Source: volume, Target: PLACE, ReadOnly: true }] },
    },
  });
  try {
    return await work(id, PLACE);
  } finally {
    // An image may ask for volumes of its own; the one that was asked for has a name and stays.
    await engine.containers.remove(id, { force: true, volumes: true });
  }
}

/** The text of a file of a volume. */
export function volumeFile(engine: Engine, volume: string, path: string): Promise<string> {
  return withVolume(engine, volume, async (container, root) =>
    (await engine.files.read(container, `${root}${path}`)).data.toString('utf8'),
  );
}
