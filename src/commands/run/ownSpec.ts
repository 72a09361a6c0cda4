import { fromInspect } from '../../engine/run/inspect/fromInspect';
import type { RunSpec } from '../../engine/run/spec';
import type { ContainerRef } from '../ref';

/** What `docker run` would have to be told to make this container. */
export async function ownSpec({ engine, id }: ContainerRef): Promise<RunSpec> {
  const container = await engine.containers.inspect(id);
  const image = container['Image'];
  // An image that is gone tells no defaults; then all of them are said.
  const inspected =
    typeof image === 'string' ? await engine.images.inspect(image).catch(() => undefined) : undefined;
  return fromInspect(container, inspected);
}
