import type { Engine } from '../engine/engine';
import type { Container, Image } from '../engine/model/types';
import { shortId } from '../engine/run/names';

/** One thing to act on. */
export interface Ref<T> {
  readonly engine: Engine;
  /** As the engine resolves it: what the caller gave, else the full id (of an image: its tag, where it has one). */
  readonly id: string;
  /** What to call it in front of the user. */
  readonly name: string;
  /** What is known of it; absent when the caller named it. */
  readonly item?: T;
}

export type ContainerRef = Ref<Container>;
export type ImageRef = Ref<Image>;

/** How to ask for what is missing. */
export interface Question<T> {
  /** Over the list of what can be chosen. */
  readonly title: string;
  /** Instead of an empty list. */
  readonly none: string;
  readonly eligible?: (item: T) => boolean;
  /** Only one may be chosen, and the first of a selection is meant. */
  readonly single?: boolean;
}

export function containerRef(engine: Engine, item: Container): ContainerRef {
  return { engine, id: item.id, name: item.name, item };
}

/** `id` is a tag, or the image's id where it has none. */
export function imageRef(engine: Engine, id: string, item?: Image): ImageRef {
  const name = id.startsWith('sha256:') ? shortId(id) : id;
  return { engine, id, name, ...(item && { item }) };
}
