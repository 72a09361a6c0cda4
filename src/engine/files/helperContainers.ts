import type { Engine } from '../engine';
import { EngineError, sentence, toEngineError } from '../errors';
import { HELPER_LABEL } from '../helper';
import { CONTAINERS, IMAGES } from '../model/kinds';
import type { FileAddress } from './fileAddress';

/** Where the volume is in its helper. */
export const VOLUME_PLACE = '/volume';

/** ms that a helper outlives the last question, so that a walk through directories makes one and not many. */
const LINGER = 10_000;

/** ms; a helper that is older than this was left behind by an editor that was killed. */
const OLDEST = 10 * 60_000;

interface Helper {
  readonly container: Promise<string>;
  readonly remove: () => Promise<void>;
  timer: NodeJS.Timeout;
}

/**
 * Containers to look into an image or a volume with: the engine shows files of containers only. They are made and never
 * started, have no network, hold a volume read-only, and are removed soon after they were last needed.
 */
export class Helpers {
  readonly #helpers = new Map<string, Helper>();

  /** The id of the container to read the image or the volume from, made when there is none. Rejects as `create` does. */
  container(engine: Engine, address: Pick<FileAddress, 'kind' | 'id'>): Promise<string> {
    const key = `${engine.name}/${address.kind}/${address.id}`;
    const known = this.#helpers.get(key);
    if (known) {
      known.timer.refresh();
      return known.container;
    }
    const container = make(engine, address);
    const remove = async (): Promise<void> => {
      clearTimeout(helper.timer);
      if (this.#helpers.get(key) === helper) this.#helpers.delete(key);
      const id = await container.catch(() => undefined);
      // An image may ask for volumes of its own, which go too; one that was asked for has a name and stays.
      if (id !== undefined)
        await engine.containers.remove(id, { force: true, volumes: true }).catch(() => undefined);
    };
    const helper: Helper = { container, remove, timer: setTimeout(() => void remove(), LINGER) };
    this.#helpers.set(key, helper);
    container.catch(() => void remove());
    return container;
  }

  /** Removes them now. */
  async dispose(): Promise<void> {
    await Promise.all([...this.#helpers.values()].map(({ remove }) => remove()));
  }
}

async function make(engine: Engine, address: Pick<FileAddress, 'kind' | 'id'>): Promise<string> {
  await removeLeft(engine);
  if (address.kind === 'image') return create(engine, address.id, 'image', []);
  await engine.volumes.inspect(address.id); // The engine would make one that is not there.
  const [image] = [...(await IMAGES.list(engine.requests))].sort((a, b) => a.size - b.size);
  if (!image)
    throw new EngineError(
      'notFound',
      sentence('To look into a volume the engine needs an image, and has none. Pull any image first.'),
    );
  const mount = { Type: 'volume', Source: address.id, Target: VOLUME_PLACE, ReadOnly: true };
  return create(engine, image.id, address.id, [mount]);
}

async function removeLeft(engine: Engine): Promise<void> {
  const left = (await CONTAINERS.list(engine.requests)).filter(
    ({ labels, state, created }) =>
      labels[HELPER_LABEL] !== undefined && state === 'created' && Date.now() - created > OLDEST,
  );
  // Somebody else may be faster.
  const remove = ({ id }: { id: string }) =>
    engine.containers.remove(id, { force: true, volumes: true }).catch(() => undefined);
  await Promise.all(left.map(remove));
}

async function create(
  engine: Engine,
  image: string,
  label: string,
  mounts: readonly object[],
): Promise<string> {
  try {
    const { id } = await engine.containers.create({
      query: {},
      body: {
        Image: image,
        Entrypoint: ['never-run'],
        Labels: { [HELPER_LABEL]: label },
        NetworkDisabled: true,
        HostConfig: { Mounts: mounts },
      },
    });
    return id;
  } catch (error) {
    const failure = toEngineError(error);
    if (failure.kind !== 'notFound') throw failure;
    throw new EngineError(
      'notFound',
      sentence('The image of the container is not on the engine any more, so its files cannot be shown.'),
      { cause: failure },
    );
  }
}
