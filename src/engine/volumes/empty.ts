import type { Engine } from '../engine';
import { EngineError, sentence } from '../errors';
import { CONTAINERS } from '../model/kinds';
import type { Container } from '../model/types';
import { create } from '../creation';
import { volumeOf } from './clone';
import { helperBody, imagesBySize, PLACE } from './helper';

/** So many images are tried for one with a shell, the smallest first. */
const TRIED = 8;

/** Every file, whatever its name; fails when something is left. */
const SCRIPT = `cd ${PLACE} && { find . -mindepth 1 -delete 2>/dev/null || rm -rf -- ..?* .[!.]* *; } && [ -z "$(ls -A)" ]`;

/**
 * Remove all that is in a volume; the volume stays. `conflict` while a running container uses it. One that nothing uses
 * is made anew, as it was; for another a command is run in a container of any image that has a shell.
 */
export async function emptyVolume(engine: Engine, name: string, signal?: AbortSignal): Promise<void> {
  const volume = await volumeOf(engine, name, signal);
  const users = await volumeUsers(engine, name, signal);
  for (const { id, name: user } of users)
    if (await runs(engine, id, signal))
      throw new EngineError(
        'conflict',
        sentence('The container {0} runs and uses the volume {1}. Stop it first.', user, name),
      );
  const { driver, options, labels } = volume;
  // With options, what it holds may lie elsewhere and outlive it.
  if (users.length === 0 && driver === 'local' && Object.keys(options).length === 0) {
    await engine.volumes.remove(name, {}, signal);
    await engine.volumes.create({ name, driver, labels });
    return;
  }
  await deleteAll(engine, name, signal);
}

/** Lists may still show one as running that has just ended. */
async function runs(engine: Engine, id: string, signal?: AbortSignal): Promise<boolean> {
  const { State } = await engine.containers.inspect(id, {}, signal);
  return (State as { Running?: boolean } | undefined)?.Running === true;
}

/** The containers that use a volume, running or not. */
export async function volumeUsers(
  engine: Engine,
  name: string,
  signal?: AbortSignal,
): Promise<readonly Container[]> {
  const all = await CONTAINERS.list(engine.requests, signal);
  return all.filter(({ mounts }) => mounts.some(({ type, source }) => type === 'volume' && source === name));
}

async function deleteAll(engine: Engine, volume: string, signal?: AbortSignal): Promise<void> {
  const images = (await imagesBySize(engine, signal)).slice(0, TRIED);
  for (const { id } of images) if (await ran(engine, volume, id, signal)) return;
  throw new EngineError(
    'notFound',
    sentence('To empty this volume the engine needs an image with a shell. Pull one first, such as busybox.'),
  );
}

/** Whether the script ran to a good end in a container of this image, which is gone then. */
async function ran(engine: Engine, volume: string, image: string, signal?: AbortSignal): Promise<boolean> {
  const body = {
    ...helperBody(volume, image, true),
    Entrypoint: ['sh', '-c', SCRIPT],
    Cmd: [],
    User: '0:0',
  };
  const { id } = await create(engine.requests, { query: {}, body }, signal);
  try {
    await engine.containers.start(id, {}, signal);
    return (await engine.containers.wait(id, 'not-running', signal)) === 0;
  } catch (error) {
    // It has no shell, or none for this machine.
    if (error instanceof EngineError && !['cancelled', 'unreachable'].includes(error.kind)) return false;
    throw error;
  } finally {
    await engine.containers.remove(id, { force: true, volumes: true });
  }
}
