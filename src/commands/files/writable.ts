import { EngineError, sentence } from '../../engine/errors';
import { mountsOf } from '../../files/mounts';
import type { FileRef } from './fileOf';

/** Says in time, and in words, what the engine would refuse with its own. */
export async function refuseReadonly({ engine, id, path }: FileRef): Promise<void> {
  if (mountsOf(await engine.containers.inspect(id)).writable(path)) return;
  throw new EngineError(
    'denied',
    sentence(
      '"{0}" cannot be changed: the container has it read-only. Use a volume that can be written to, or recreate the container without "read-only".',
      path,
    ),
  );
}
