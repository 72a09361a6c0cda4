import type { Container, Health } from '../engine/model/types';
import { ageHolds, ageOf, type Age } from './duration';

/** What `docker ps` says in its STATUS column, as data. */
export type Status =
  | { readonly kind: 'up'; readonly age: Age; readonly health?: Health }
  | { readonly kind: 'paused'; readonly age: Age }
  | { readonly kind: 'restarting' | 'exited'; readonly age: Age; readonly code: number }
  | { readonly kind: 'created' | 'removing' | 'dead' };

/** The status of a container at `now` (ms); the engine is not asked. */
export function statusOf(container: Container, now: number): Status {
  const age = ageOf(now - container.since);
  const { exitCode: code = 0, health } = container;
  switch (container.state) {
    case 'running':
      return { kind: 'up', age, ...(health && { health }) };
    case 'paused':
      return { kind: 'paused', age };
    case 'restarting':
    case 'exited':
      return { kind: container.state, age, code };
    case 'created':
    case 'removing':
    case 'dead':
      return { kind: container.state };
  }
}

/** ms after which to look at the status again, if the engine says nothing; Infinity when it has no age. */
export function statusHolds({ state, since }: Container, now: number): number {
  const timeless = state === 'created' || state === 'removing' || state === 'dead';
  return timeless ? Infinity : ageHolds(now - since);
}
