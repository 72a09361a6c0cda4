import { Readable } from 'node:stream';
import { create } from '../creation';
import type { Engine } from '../engine';
import { EngineError, sentence } from '../errors';
import { IMAGES } from '../model/kinds';

/** Where the volume is in a helper: no image has anything there. */
export const PLACE = '/quayside-volume';

/** Two blocks of zeros: an archive of nothing. */
const NOTHING = Buffer.alloc(1024);

export interface HelperOptions {
  /** The volume may be written to; else it is mounted read-only. */
  readonly write?: boolean;
}

/**
 * Do `work` with the files of a volume, which the engine shows in containers only: one is made for it that never runs,
 * has no network and carries the label `dev.quayside.helper`. It is removed again however the work ends. `notFound` when
 * there is no such volume, which is never made by looking.
 */
export async function withVolume<T>(
  engine: Engine,
  volume: string,
  options: HelperOptions,
  work: (container: string) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  await engine.volumes.inspect(volume, signal);
  const image = await helperImage(engine, signal);
  try {
    const { id } = await create(
      engine.requests,
      { query: {}, body: helperBody(volume, image.id, options.write === true) },
      signal,
    );
    try {
      return await work(id);
    } finally {
      // An image may ask for volumes of its own; the one that was asked for has a name and stays.
      await engine.containers.remove(id, { force: true, volumes: true });
    }
  } catch (error) {
    throw inVolume(error);
  } finally {
    await image.done();
  }
}

/** What a container to reach a volume's files with is made of. */
export function helperBody(volume: string, image: string, write: boolean): Readonly<Record<string, unknown>> {
  return {
    Image: image,
    Cmd: ['never-run'],
    Labels: { 'dev.quayside.helper': volume },
    NetworkDisabled: true,
    HostConfig: {
      NetworkMode: 'none',
      Mounts: [
        {
          Type: 'volume',
          Source: volume,
          Target: PLACE,
          ReadOnly: !write,
          VolumeOptions: { NoCopy: true },
        },
      ],
    },
  };
}

/** The smallest image that is there: none of it is ever run. Without any, an empty one is made for the time being. */
async function helperImage(
  engine: Engine,
  signal?: AbortSignal,
): Promise<{ id: string; done: () => Promise<unknown> }> {
  const [smallest] = await imagesBySize(engine, signal);
  if (smallest) return { id: smallest.id, done: () => Promise.resolve() };
  const id = await engine.images.import(Readable.from([NOTHING]), { message: 'Quayside' }, signal);
  // Somebody may have begun to use it; then it stays.
  return { id, done: () => engine.images.remove(id).catch(() => undefined) };
}

export async function imagesBySize(engine: Engine, signal?: AbortSignal) {
  return [...(await IMAGES.list(engine.requests, signal))].sort((a, b) => a.size - b.size);
}

/** The failure in words of the volume: nobody has asked for the place it has in the helper. */
function inVolume(error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  const { text, args } = error.sentence;
  if (!args.some((arg) => arg.includes(PLACE))) return error;
  const said = sentence(text, ...args.map((arg) => arg.replaceAll(`${PLACE}/`, '/').replaceAll(PLACE, '/')));
  return new EngineError(error.kind, said, {
    cause: error.cause,
    ...(error.status === undefined ? {} : { status: error.status }),
  });
}
