import { mountsOf, refuseUnwritable } from '../../files/mounts';
import type { FileRef } from './fileOf';

/** Says in time, and in words, what the engine would refuse with its own. */
export async function refuseReadonly({ engine, id, path }: FileRef): Promise<void> {
  refuseUnwritable(mountsOf(await engine.containers.inspect(id)), path);
}
