import { posix } from 'node:path';
import type { Engine } from '../../engine/engine';
import { inPlace } from '../../engine/volumes/clone';
import { withVolume } from '../../engine/volumes/helper';

/** The text of a file of a volume. */
export function volumeFile(engine: Engine, volume: string, path: string): Promise<string> {
  return withVolume(engine, volume, {}, async (container) =>
    (await engine.files.read(container, inPlace(posix.normalize(path)))).data.toString('utf8'),
  );
}
