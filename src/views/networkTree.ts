import type { Container, Network } from '../engine/model/types';
import { underEngines, type EngineSource } from './engineBranches';
import { matchesNetwork, type Filter } from './filter';
import { compare } from './grouping';
import { containerIcon } from './icons';
import type { GroupBy } from './nodes';
import type { Branch, Tree } from './rows';
import { storageGroups } from './storageGroups';

export interface NetworkSource extends EngineSource {
  readonly networks: Iterable<Network>;
  readonly containers: Iterable<Container>;
  /** Further names of a container in a network, as far as they are known. */
  readonly aliases: (container: Container, network: Network) => readonly string[] | undefined;
}

export interface NetworkTreeOptions {
  readonly groupBy: GroupBy;
  readonly filter: Filter;
}

/** The rows of the Networks view. */
export function networkTree(
  sources: readonly NetworkSource[],
  { groupBy, filter }: NetworkTreeOptions,
): Tree {
  return underEngines(sources, ({ engine, networks, containers, aliases }) => {
    const users = networkUsers(containers);
    const usersOf = ({ name }: Network): readonly Container[] => users.get(name) ?? [];
    const shown = [...networks]
      .filter((network) => matchesNetwork(filter, network, usersOf(network)))
      .sort(byName);
    const branch = (network: Network): Branch => networkBranch(engine, network, usersOf(network), aliases);
    return { branches: storageGroups('networkGroup', engine, shown, groupBy, branch), holds: Infinity };
  });
}

/** Which containers are connected to each network, running or not, by its name, as their lists have it. */
export function networkUsers(containers: Iterable<Container>): ReadonlyMap<string, readonly Container[]> {
  const users = new Map<string, Container[]>();
  for (const container of containers) {
    for (const { name } of container.networks) {
      const known = users.get(name);
      if (known) known.push(container);
      else users.set(name, [container]);
    }
  }
  return users;
}

/** Those that somebody made first. */
function byName(a: Network, b: Network): number {
  return Number(a.predefined) - Number(b.predefined) || compare(a.name, b.name) || compare(a.id, b.id);
}

function networkBranch(
  engine: string,
  network: Network,
  users: readonly Container[],
  aliases: NetworkSource['aliases'],
): Branch {
  const { id, name, predefined, driver, subnets, internal } = network;
  const sorted = [...users].sort((a, b) => compare(a.name, b.name));
  return {
    node: { kind: 'network', engine, id },
    row: { kind: 'network', name, predefined, driver, subnets, internal, users: users.length },
    children: sorted.map((container): Branch => {
      const names = aliases(container, network);
      return {
        node: { kind: 'endpoint', engine, id: container.id, network: id },
        row: {
          kind: 'endpoint',
          name: container.name,
          state: container.state,
          icon: containerIcon(container),
          place: container.networks.find((one) => one.name === name)?.ip ?? '',
          ...(names && { aliases: names }),
        },
      };
    }),
  };
}
