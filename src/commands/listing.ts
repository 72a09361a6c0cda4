import type { Engine } from '../engine/engine';
import { CONTAINERS, IMAGES } from '../engine/model/kinds';
import type { Container, Image } from '../engine/model/types';

/** ms; a list that takes longer will not come. */
const LONGEST = 60_000;

/** All containers as they are now, whether or not a view keeps the model live. */
export function listContainers(engine: Engine): Promise<readonly Container[]> {
  return CONTAINERS.list(engine.requests, AbortSignal.timeout(LONGEST));
}

export function listImages(engine: Engine): Promise<readonly Image[]> {
  return IMAGES.list(engine.requests, AbortSignal.timeout(LONGEST));
}

/** It has processes that can be stopped; a paused one's are frozen, and one that restarts is between two. */
export function isUp({ state }: Container): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}

/** It has processes that can be joined. */
export function isRunning({ state }: Container): boolean {
  return state === 'running';
}
