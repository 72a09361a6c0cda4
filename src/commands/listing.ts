import type { Engine } from '../engine/engine';
import { CONTAINERS, IMAGES, NETWORKS, VOLUMES } from '../engine/model/kinds';
import type { Container, Image, Network, Volume } from '../engine/model/types';

/** ms; a list that takes longer will not come. */
const LONGEST = 60_000;

/** All containers as they are now, whether or not a view keeps the model live. */
export function listContainers(engine: Engine): Promise<readonly Container[]> {
  return CONTAINERS.list(engine.requests, AbortSignal.timeout(LONGEST));
}

export function listImages(engine: Engine): Promise<readonly Image[]> {
  return IMAGES.list(engine.requests, AbortSignal.timeout(LONGEST));
}

export function listNetworks(engine: Engine): Promise<readonly Network[]> {
  return NETWORKS.list(engine.requests, AbortSignal.timeout(LONGEST));
}

export function listVolumes(engine: Engine): Promise<readonly Volume[]> {
  return VOLUMES.list(engine.requests, AbortSignal.timeout(LONGEST));
}

/** It has processes that can be stopped; a paused one's are frozen, and one that restarts is between two. */
export function isUp({ state }: Container): boolean {
  return state === 'running' || state === 'paused' || state === 'restarting';
}

/** It has processes that can be joined. */
export function isRunning({ state }: Container): boolean {
  return state === 'running';
}
