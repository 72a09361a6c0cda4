import type { Container, Volume } from '../engine/model/types';
import { ageHolds, ageOf } from './duration';
import { underEngines, type EngineSource } from './engineBranches';
import { matchesVolume, type Filter } from './filter';
import { compare } from './grouping';
import { containerIcon } from './icons';
import type { GroupBy } from './nodes';
import type { Branch, Tree } from './rows';
import { storageGroups } from './storageGroups';

export interface VolumeSource extends EngineSource {
  readonly volumes: Iterable<Volume>;
  readonly containers: Iterable<Container>;
  /** Bytes by name, as far as they were asked for; -1 where the driver cannot tell. */
  readonly sizes: ReadonlyMap<string, number>;
}

export interface VolumeTreeOptions {
  readonly groupBy: GroupBy;
  readonly filter: Filter;
  /** ms since 1970. */
  readonly now: number;
}

/** The rows of the Volumes view. */
export function volumeTree(
  sources: readonly VolumeSource[],
  { groupBy, filter, now }: VolumeTreeOptions,
): Tree {
  return underEngines(sources, ({ engine, volumes, containers, sizes }) => {
    const users = volumeUsers(containers);
    const usersOf = ({ name }: Volume): readonly Container[] => users.get(name) ?? [];
    const shown = [...volumes]
      .filter((volume) => matchesVolume(filter, volume, usersOf(volume)))
      .sort(byName);
    const branch = (volume: Volume): Branch =>
      volumeBranch(engine, volume, usersOf(volume), sizes.get(volume.name) ?? -1, now);
    return {
      branches: storageGroups('volumeGroup', engine, shown, groupBy, branch),
      holds: Math.min(
        Infinity,
        ...shown.map(({ created }) => (created === 0 ? Infinity : ageHolds(now - created))),
      ),
    };
  });
}

/** Which containers use each volume, running or not, by its name. */
export function volumeUsers(containers: Iterable<Container>): ReadonlyMap<string, readonly Container[]> {
  const users = new Map<string, Container[]>();
  for (const container of containers) {
    // A volume may be in one container at several places.
    const names = new Set(
      container.mounts.filter(({ type }) => type === 'volume').map(({ source }) => source),
    );
    for (const name of names) {
      const known = users.get(name);
      if (known) known.push(container);
      else users.set(name, [container]);
    }
  }
  return users;
}

/** Those that somebody has named first. */
function byName(a: Volume, b: Volume): number {
  return Number(a.anonymous) - Number(b.anonymous) || compare(a.name, b.name);
}

function volumeBranch(
  engine: string,
  { name, anonymous, driver, created }: Volume,
  users: readonly Container[],
  size: number,
  now: number,
): Branch {
  const sorted = [...users].sort((a, b) => compare(a.name, b.name));
  return {
    node: { kind: 'volume', engine, id: name },
    row: {
      kind: 'volume',
      name,
      anonymous,
      driver,
      ...(size >= 0 && { size }),
      ...(created > 0 && { age: ageOf(now - created) }),
      users: sorted.map((user) => user.name),
    },
    children: sorted.map((user) => userBranch(engine, name, user)),
  };
}

function userBranch(engine: string, volume: string, container: Container): Branch {
  const mounts = container.mounts.filter(({ type, source }) => type === 'volume' && source === volume);
  return {
    node: { kind: 'volumeUser', engine, id: container.id, volume },
    row: {
      kind: 'volumeUser',
      name: container.name,
      state: container.state,
      icon: containerIcon(container),
      place: mounts.map(({ destination }) => destination).join(', '),
      readOnly: mounts.every(({ writable }) => !writable),
    },
  };
}
